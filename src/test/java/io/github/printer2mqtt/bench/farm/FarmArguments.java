package io.github.printer2mqtt.bench.farm;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line arguments of a farm.
 *
 * @param port port of all reachable printers; 0 for a free one
 * @param spares number of healthy printers in addition to the registered ones
 * @param registrations file to write; null for none
 * @param broker address of the broker to subscribe to; null for none
 * @param every seconds between two lines of figures; 0 for none
 */
record FarmArguments(
        String farm,
        int port,
        long seed,
        int spares,
        @Nullable Path registrations,
        @Nullable InetSocketAddress broker,
        String base,
        int every) {
    private static final Set<String> KNOWN =
            Set.of("--port", "--seed", "--spares", "--registrations", "--mqtt", "--base", "--every");

    /** @throws IllegalArgumentException with a message for the user */
    static FarmArguments of(String... arguments) {
        if (arguments.length == 0 || arguments.length % 2 == 0) {
            throw new IllegalArgumentException("expected the name of a farm, then options with their values");
        }
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i])) {
                throw new IllegalArgumentException("found the option " + arguments[i]);
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        String file = given.get("--registrations");
        return new FarmArguments(
                arguments[0],
                Integer.parseInt(given.getOrDefault("--port", "0")),
                Long.parseLong(given.getOrDefault("--seed", "62")),
                Integer.parseInt(given.getOrDefault("--spares", "0")),
                file == null ? null : Path.of(file),
                address(given.get("--mqtt")),
                given.getOrDefault("--base", "printer2mqtt"),
                Integer.parseInt(given.getOrDefault("--every", "0")));
    }

    private static @Nullable InetSocketAddress address(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("found " + text + ", expected HOST:PORT");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
