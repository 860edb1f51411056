package io.github.printer2mqtt.net;

import io.github.printer2mqtt.text.QuotedText;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Why nothing can listen where a user wants it, in one line. Pure.
 *
 * @param section of the configuration that has the keys {@code host} and {@code port}
 * @param what listens there
 */
public record ListenFailure(String section, String what) {
    /** The line, which names the key that is wrong and its variable. */
    public String line(String host, int port, Throwable cause) {
        String why = what + " cannot listen there (" + cause.getMessage() + ")";
        if (isAboutTheHost(cause)) {
            return section + ".host: found " + QuotedText.of(host) + ", but " + why
                    + "; expected an address of this machine, here or in " + variable("HOST");
        }
        return section + ".port: found " + port + " on " + host + ", but " + why + "; set another one here or in "
                + variable("PORT");
    }

    private String variable(String key) {
        return "PRINTER2MQTT_" + section.toUpperCase(Locale.ROOT) + "_" + key;
    }

    /** Java and Netty tell these apart from a port that is taken only by their words. */
    private static boolean isAboutTheHost(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof UnknownHostException
                || message.contains("Cannot assign requested address")
                || message.contains("Unresolved address");
    }
}
