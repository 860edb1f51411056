package io.github.printer2mqtt.config.type;

import java.util.Arrays;

/** Checks topics and topic filters. */
final class TopicText {
    static final String EXPECTED = "one or more topic levels such as \"printer2mqtt\" or \"home/printers\"";
    static final String FILTER_EXPECTED = "an MQTT topic filter such as \"node-red/+/response\" or \"replies/#\"";

    private static final int MAX_LENGTH = 200;

    private TopicText() {}

    /** A topic prefix: {@code mqtt.base_topic} and {@code home_assistant.prefix}. */
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
        boolean wildcard = text.indexOf('+') >= 0 || text.indexOf('#') >= 0;
        if (text.length() > MAX_LENGTH || wildcard || !ValueTypes.isSingleLine(text)) {
            throw InvalidSettingException.expected(
                    "a topic of at most " + MAX_LENGTH + " characters without +, # and control characters");
        }
        return text;
    }

    /** A topic filter: {@code mqtt.response_topics}. */
    static String parseFilter(String text) throws InvalidSettingException {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.startsWith("$") || !ValueTypes.isSingleLine(text)) {
            throw InvalidSettingException.expected(FILTER_EXPECTED);
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
}
