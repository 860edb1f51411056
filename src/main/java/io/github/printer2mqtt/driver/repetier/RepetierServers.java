package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers in use, so that sessions of one event loop share them. Thread-safe. A server is forgotten with its last session,
 * without being closed: its web socket is closed by the session that has opened it.
 */
final class RepetierServers {
    private final LongSupplier nanos;
    private final Map<Key, WeakReference<RepetierServer>> servers = new HashMap<>();

    /** @param loop null outside of an event loop */
    private record Key(@Nullable Context loop, PrinterAddress address, Credentials credentials) {}

    RepetierServers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The server for sessions of the calling event loop. */
    synchronized RepetierServer of(PrinterAddress address, Credentials credentials) {
        servers.values().removeIf(reference -> reference.get() == null);
        Key key = new Key(Vertx.currentContext(), address, credentials);
        WeakReference<RepetierServer> known = servers.get(key);
        RepetierServer server = known == null ? null : known.get();
        if (server == null) {
            server = new RepetierServer(new RepetierRequests(credentials), nanos);
            servers.put(key, new WeakReference<>(server));
        }
        return server;
    }
}
