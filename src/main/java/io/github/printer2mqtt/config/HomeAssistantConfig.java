package io.github.printer2mqtt.config;

/**
 * Section {@code home_assistant}.
 *
 * @param discovery how printers are announced
 * @param prefix of the discovery topics
 */
public record HomeAssistantConfig(Discovery discovery, String prefix) {
    /** How printers are announced to Home Assistant. */
    public enum Discovery {
        /** One message a printer, for 2024.11 and newer. */
        DEVICE,
        /** One message an entity, for older ones and for others that read discovery. */
        COMPONENT,
        OFF
    }

    public static HomeAssistantConfig defaults() {
        return new ConfigAssembler(new Values()).homeAssistant();
    }
}
