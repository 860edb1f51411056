package io.github.printer2mqtt.mqtt.topic;

/**
 * A topic to publish on. Created only by {@link Topics}, and for discovery in {@code homeassistant}.
 *
 * @param text the whole topic
 * @param retained whether the broker stores the newest value
 * @param qos 0 or 1
 * @param kind what it is about
 */
public record Topic(String text, boolean retained, int qos, TopicKind kind) {
    /** Whether Home Assistant needs the topic again after a restart. */
    public boolean isReadByHomeAssistant() {
        return switch (kind) {
            case DISCOVERY, PRINTER_AVAILABILITY, PRINTER_STATE -> true;
            default -> false;
        };
    }
}
