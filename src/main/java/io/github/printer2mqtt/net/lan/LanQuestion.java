package io.github.printer2mqtt.net.lan;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How machines of one kind are found: they answer a question, or announce themselves. */
public sealed interface LanQuestion {
    /**
     * Sends a datagram into each network; the answers come back to the socket that sent it.
     *
     * @param message made from the address of that socket
     */
    record Ask(List<Destination> destinations, Function<SocketAddress, Buffer> message) implements LanQuestion {
        public Ask {
            destinations = List.copyOf(destinations);
        }
    }

    /**
     * Waits for what machines send on their own.
     *
     * @param group of multicast that they send to; null if they send broadcasts
     */
    record Listen(int port, @Nullable String group) implements LanQuestion {}

    /**
     * Where a question goes.
     *
     * @param group of multicast; null for the broadcast address of a network
     */
    record Destination(@Nullable String group, int port) {
        public static Destination multicast(String group, int port) {
            return new Destination(group, port);
        }

        public static Destination broadcast(int port) {
            return new Destination(null, port);
        }
    }
}
