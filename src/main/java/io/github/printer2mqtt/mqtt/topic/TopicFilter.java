package io.github.printer2mqtt.mqtt.topic;

/**
 * A topic filter of a subscription (MQTT 5, section 4.7): {@code +} matches one level, a final {@code #} the level
 * before it and everything below.
 *
 * @param text as written in a SUBSCRIBE
 */
record TopicFilter(String text) {
    /** Whether a topic without wildcards matches. */
    boolean matches(String topic) {
        String[] filter = text.split("/", -1);
        String[] levels = topic.split("/", -1);
        if (topic.startsWith("$") && (filter[0].equals("+") || filter[0].equals("#"))) {
            return false;
        }
        for (int i = 0; i < filter.length; i++) {
            if (filter[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(filter[i].equals("+") || filter[i].equals(levels[i]))) {
                return false;
            }
        }
        return levels.length == filter.length;
    }
}
