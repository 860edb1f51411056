package io.github.printer2mqtt.hostile;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of bad behaviour and what it becomes.
 *
 * @param name what it does, to be read behind "a printer that"
 * @param driver by which it is asked
 * @param state of its status
 * @param reason why it is offline; null where the bridge shows what it says
 * @param opens starts it
 */
public record HostileBehaviour(
        String name, String driver, String state, @Nullable String reason, Function<Vertx, Place> opens) {
    /** Where a rogue is and what it has seen of the bridge. */
    public interface Place extends AutoCloseable {
        /** The address as a registration has it. */
        String url();

        /** What stands in the registration besides. */
        default JsonObject registration() {
            return new JsonObject();
        }

        /** How many connections of the bridge are open now. */
        int openSockets();

        /** How many questions were asked; 0 where nothing counts them. */
        int requests();

        @Override
        void close();
    }

    static HostileBehaviour offline(String reason, String name, Function<Vertx, Place> opens) {
        return new HostileBehaviour(name, "moonraker", "offline", reason, opens);
    }

    static HostileBehaviour shown(String state, String name, Function<Vertx, Place> opens) {
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
