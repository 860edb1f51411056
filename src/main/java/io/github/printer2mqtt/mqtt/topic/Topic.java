package io.github.printer2mqtt.mqtt.topic;

/**
 * Where something is published. Made by {@link Topics}, and for discovery in {@code homeassistant}, only.
 *
 * @param text the whole topic
 * @param retained whether the broker keeps the newest value
 * @param qos 0 or 1
 * @param kind what it is about
 */
public record Topic(String text, boolean retained, int qos, TopicKind kind) {
    /** Whether Home Assistant must receive the topic again after it has restarted. */
    public boolean isReadByHomeAssistant() {
        return switch (kind) {
            case DISCOVERY, PRINTER_AVAILABILITY, PRINTER_STATE -> true;
            default -> false;
        };
    }
}
