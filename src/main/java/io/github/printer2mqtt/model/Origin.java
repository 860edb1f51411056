package io.github.printer2mqtt.model;

/**
 * Where a request came from, as the log names it. Holds no secret.
 *
 * @param text for people, for example {@code HTTP 192.0.2.4}
 */
public record Origin(String text) {
    /** The MQTT broker, which does not say which of its clients published. */
    public static Origin mqtt() {
        return new Origin("MQTT");
    }

    /** @param address of the client, or of the proxy before it */
    public static Origin http(String address) {
        return new Origin("HTTP " + address);
    }

    /** @param address of the machine whose command line asks over HTTP */
    public static Origin commandLine(String address) {
        return new Origin("command line " + address);
    }

    @Override
    public String toString() {
        return text;
    }
}
