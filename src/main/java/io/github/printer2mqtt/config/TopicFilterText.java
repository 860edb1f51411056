package io.github.printer2mqtt.config;

/** The grammar of topic filters: {@code mqtt.response_topics}. */
final class TopicFilterText {
    static final String EXPECTED = "an MQTT topic filter such as \"node-red/+/response\" or \"replies/#\"";

    private static final int LONGEST = 200;

    private TopicFilterText() {}

    static String parse(String text) throws InvalidSettingException {
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("$") || !isPlain(text)) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            if ((levels[i].contains("#") && !(last && levels[i].equals("#")))
                    || (levels[i].contains("+") && !levels[i].equals("+"))) {
                throw InvalidSettingException.expected("a filter in which + is a whole level and # the whole last one");
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
