package io.github.printer2mqtt.hostile;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of bad behaviour and the status that is expected.
 *
 * @param name what it does, after "a printer that"
 * @param driver that polls it
 * @param state that is expected
 * @param reason for being offline; null if it is online
 * @param opens starts the server
 */
public record HostileBehaviour(
        String name, String driver, String state, @Nullable String reason, Function<Vertx, Endpoint> opens) {
    /** A running hostile printer. */
    public interface Endpoint extends AutoCloseable {
        /** The address for the registration. */
        String url();

        /** Additional fields of the registration. */
        default JsonObject registration() {
            return new JsonObject();
        }

        /** Open connections of the bridge. */
        int openSockets();

        /** Requests received; 0 if they are not counted. */
        int requests();

        @Override
        void close();
    }

    static HostileBehaviour offline(String reason, String name, Function<Vertx, Endpoint> opens) {
        return new HostileBehaviour(name, "moonraker", "offline", reason, opens);
    }

    static HostileBehaviour shown(String state, String name, Function<Vertx, Endpoint> opens) {
        return new HostileBehaviour(name, "moonraker", state, null, opens);
    }

    HostileBehaviour by(String otherDriver) {
        return new HostileBehaviour(name, otherDriver, state, reason, opens);
    }

    @Override
    public String toString() {
        return name + " -> " + state + (reason == null ? "" : " (" + reason + ")");
    }
}
