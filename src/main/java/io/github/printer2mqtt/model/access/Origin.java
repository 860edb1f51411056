package io.github.printer2mqtt.model.access;

/**
 * Where a request came from, for the log. Contains no secret.
 *
 * @param text for people, for example {@code HTTP 192.0.2.4}
 */
public record Origin(String text) {
    /** The MQTT broker, which does not reveal the publishing client. */
    public static Origin mqtt() {
        return new Origin("MQTT");
    }

    /** @param address of the client or its proxy */
    public static Origin http(String address) {
        return new Origin("HTTP " + address);
    }

    /** @param address of the machine that runs the command line */
    public static Origin commandLine(String address) {
        return new Origin("command line " + address);
    }

    /** The same with the user who is logged in. */
    public Origin of(String user) {
        return new Origin(user + " at " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
