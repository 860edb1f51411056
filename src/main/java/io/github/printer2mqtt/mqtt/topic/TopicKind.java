package io.github.printer2mqtt.mqtt.topic;

/**
 * The kinds of topics, in the order in which retained ones are sent after each connect. The bridge's own state is last:
 * a subscriber that sees it online has received the rest.
 */
public enum TopicKind {
    DISCOVERY("discovery"),
    PRINTER_AVAILABILITY("printers' availability"),
    PRINTER_ALERT("alerts"),
    PRINTER_STATE("printers' states"),
    PRINTER_ATTRIBUTE("printers' attributes"),
    PRINTER_THUMBNAIL("printers' thumbnails"),
    GROUP_STATE("groups' states"),
    FLEET_STATE("the fleet's state"),
    BRIDGE_INFO("bridge information"),
    BRIDGE_PRINTERS("the list of printers"),
    BRIDGE_HEALTH("bridge health"),
    BRIDGE_STATE("the bridge's state"),
    PRINTER_EVENT("printers' events"),
    PRINTER_RAW("messages of printers"),
    BRIDGE_EVENT("bridge events"),
    BRIDGE_LOG("log lines"),
    RESPONSE("responses"),
    REQUEST("our subscriptions to commands and requests");

    private final String displayName;

    TopicKind(String displayName) {
        this.displayName = displayName;
    }

    /** For log lines. */
    public String displayName() {
        return displayName;
    }
}
