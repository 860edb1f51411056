package io.github.printer2mqtt.net.lan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service that a machine announces with DNS-SD. Nothing of it is verified.
 *
 * @param type for example {@code _moonraker._tcp}
 * @param instance its name for people; empty if it has none
 * @param port null if the answer does not have it
 * @param attributes of its TXT record, names in lower case
 */
public record DnsService(
        String type, String instance, @Nullable Integer port, Map<String, String> attributes) {
    public DnsService {
        attributes = Map.copyOf(attributes);
    }
}
