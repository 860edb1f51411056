package io.github.printer2mqtt.bench.farm;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a farm.
 *
 * @param port of all printers that can be reached; 0 for any free one
 * @param spares healthy printers beside those that are registered
 * @param registrations where to write them
 * @param broker where to listen; null not to
 * @param every seconds between two lines with figures; 0 for none
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

    /** @throws IllegalArgumentException with one line for the user */
    static FarmArguments of(String... arguments) {
        if (arguments.length == 0 || arguments.length % 2 == 0) {
            throw new IllegalArgumentException("expected the name of a farm and then pairs of an option and its value");
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
