package io.github.printer2mqtt.config;

import io.github.printer2mqtt.printer.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code http}.
 *
 * @param host to listen on; another than a loopback address needs a token
 * @param port to listen on, 0 for any free one
 * @param token that requests must carry; null for none
 * @param allowedHosts names beside the listening address that a Host header may have, for reverse proxies
 */
public record HttpConfig(String host, int port, @Nullable Secret token, List<String> allowedHosts) {
    public HttpConfig {
        allowedHosts = List.copyOf(allowedHosts);
    }

    public static HttpConfig defaults() {
        return new ConfigAssembler(new Values()).http();
    }
}
