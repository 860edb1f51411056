package io.github.printer2mqtt.config;

import java.util.Arrays;

/** The grammar of topics that others begin with: {@code mqtt.base_topic} and {@code home_assistant.prefix}. */
final class TopicText {
    static final String EXPECTED = "one or more topic levels such as \"printer2mqtt\" or \"home/printers\"";

    private static final int LONGEST = 200;

    private TopicText() {}

    static String parse(String text) throws InvalidSettingException {
        boolean emptyLevel = Arrays.stream(text.split("/", -1)).anyMatch(String::isBlank);
        if (emptyLevel) {
            throw InvalidSettingException.expected("one or more topic levels, none of them empty, without a slash at either end");
        }
        if (text.startsWith("$")) {
            throw InvalidSettingException.expected("a topic that does not begin with $, which belongs to the broker");
        }
        if (text.length() > LONGEST || !text.codePoints().allMatch(TopicText::isAllowed)) {
            throw InvalidSettingException.expected("a topic of at most " + LONGEST + " characters without + # and control characters");
        }
        return text;
    }

    private static boolean isAllowed(int point) {
        int type = Character.getType(point);
        return point != '+' && point != '#' && type != Character.CONTROL && type != Character.SURROGATE;
    }
}
