package io.github.printer2mqtt.net;

import io.github.printer2mqtt.text.QuotedText;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Explains to the user why a server socket cannot be bound.
 *
 * @param section of the configuration with the keys {@code host} and {@code port}
 * @param what the listener, as the subject of the sentence
 */
public record ListenFailure(String section, String what) {
    /** One line that names the key to change and its environment variable. */
    public String line(String host, int port, Throwable cause) {
        String why = what + " cannot listen there (" + cause.getMessage() + ")";
        if (isHostError(cause)) {
            return section + ".host: found " + QuotedText.of(host) + ", but " + why
                    + "; expected an address of this machine, here or in " + variable("HOST");
        }
        return section + ".port: found " + port + " on " + host + ", but " + why + "; set another one here or in "
                + variable("PORT");
    }

    private String variable(String key) {
        return "PRINTER2MQTT_" + section.toUpperCase(Locale.ROOT) + "_" + key;
    }

    /** Only the messages of Java and Netty distinguish a wrong host from a port in use. */
    private static boolean isHostError(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof UnknownHostException
                || message.contains("Cannot assign requested address")
                || message.contains("Unresolved address");
    }
}
