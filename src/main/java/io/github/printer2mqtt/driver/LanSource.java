package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.lan.Datagram;
import io.github.printer2mqtt.net.lan.LanQuestion;
import io.github.printer2mqtt.net.lan.MulticastDns;
import io.github.printer2mqtt.text.TextSanitizer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How printers of a protocol are found in the local network.
 *
 * @param name in documents, for example {@code ssdp}; never changes after a release
 * @param questions each put once for a search
 * @param reader of a datagram that arrived after one of the questions; finds nothing in another machine's, and never throws
 */
public record LanSource(String name, List<LanQuestion> questions, Function<Datagram, List<Announcement>> reader) {
    private static final String MULTICAST_DNS = "mdns";

    public LanSource {
        questions = List.copyOf(questions);
    }

    /**
     * A service of DNS-SD.
     *
     * @param type for example {@code _octoprint._tcp}
     * @param pathKey of its TXT record, the path before those of the protocol; null if it has none
     * @param required names and the beginnings of their values in the TXT record
     */
    public static LanSource dnsService(String type, @Nullable String pathKey, Map<String, String> required) {
        return new LanSource(
                MULTICAST_DNS,
                List.of(MulticastDns.question(type)),
                datagram -> MulticastDns.services(datagram, type).stream()
                        .filter(service -> required.entrySet().stream()
                                .allMatch(each -> service.attributes()
                                        .getOrDefault(each.getKey(), "")
                                        .startsWith(each.getValue())))
                        .map(service -> new Announcement(
                                service.port(),
                                pathKey == null ? "" : service.attributes().getOrDefault(pathKey, ""),
                                TextSanitizer.line(service.instance(), 64),
                                null,
                                null))
                        .toList());
    }
}
