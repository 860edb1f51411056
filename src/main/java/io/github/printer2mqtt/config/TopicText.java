package io.github.printer2mqtt.config;

import java.util.Arrays;

/** Checks topic prefixes: {@code mqtt.base_topic} and {@code home_assistant.prefix}. */
final class TopicText {
    static final String EXPECTED = "one or more topic levels such as \"printer2mqtt\" or \"home/printers\"";

    private static final int MAX_LENGTH = 200;

    private TopicText() {}

    static String parse(String text) throws InvalidSettingException {
        boolean emptyLevel = Arrays.stream(text.split("/", -1)).anyMatch(String::isBlank);
        if (emptyLevel) {
            throw InvalidSettingException.expected(
                    "one or more topic levels, none of them empty, without a slash at either end");
        }
        if (text.startsWith("$")) {
            throw InvalidSettingException.expected(
                    "a topic that does not start with $, which is reserved for the broker");
        }
        if (text.length() > MAX_LENGTH || !text.codePoints().allMatch(TopicText::isAllowed)) {
            throw InvalidSettingException.expected(
                    "a topic of at most " + MAX_LENGTH + " characters without +, # and control characters");
        }
        return text;
    }

    private static boolean isAllowed(int point) {
        int type = Character.getType(point);
        return point != '+' && point != '#' && type != Character.CONTROL && type != Character.SURROGATE;
    }

    /** Checks topic filters: {@code mqtt.response_topics}. */
    static final class Filter {
        static final String EXPECTED = "an MQTT topic filter such as \"node-red/+/response\" or \"replies/#\"";

        private static final int MAX_LENGTH = 200;

        private Filter() {}

        static String parse(String text) throws InvalidSettingException {
            if (text.isEmpty() || text.length() > MAX_LENGTH || text.startsWith("$") || !isPlain(text)) {
                throw InvalidSettingException.expected(EXPECTED);
            }
            String[] levels = text.split("/", -1);
            for (int i = 0; i < levels.length; i++) {
                boolean last = i == levels.length - 1;
                if ((levels[i].contains("#") && !(last && levels[i].equals("#")))
                        || (levels[i].contains("+") && !levels[i].equals("+"))) {
                    throw InvalidSettingException.expected(
                            "a filter in which + is a whole level and # is the whole last level");
                }
            }
            return text;
        }

        private static boolean isPlain(String text) {
            return text.codePoints().noneMatch(point -> {
                int type = Character.getType(point);
                return type == Character.CONTROL || type == Character.SURROGATE;
            });
        }
    }
}
