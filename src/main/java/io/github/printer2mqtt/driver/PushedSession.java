package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Reading;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session whose printer reports changes by itself over a connection that stays open. A poll opens that connection, and
 * after it checks whether the printer still answers. Where the connection is not available, the session may poll another way.
 */
public non-sealed interface PushedSession extends PrinterSession {
    /** Must be called before the first poll; without it, what the printer pushes is lost. */
    void listen(Listener listener);

    /** Whether the printer reports its changes now. If not, it is polled on the schedule of its state. */
    boolean isPushing();

    /**
     * The newest status by what was pushed, without polling; optional requests are possible. Only called while the printer
     * pushes. Fails like {@link #poll}.
     */
    Future<Reading> latest();

    /**
     * Whether the printer has a push, as far as is known. False where one protocol has models with and without it, and as long
     * as it is not known which one this is.
     */
    default boolean hasPush() {
        return true;
    }

    /** Why the session polls although its protocol has a push, in one line; null if it does not. */
    @Nullable String fallback();

    /**
     * Hands on each message of the printer as it came, for tools that share the connection. Called at most once, before the first poll;
     * does nothing where the protocol has no such messages.
     *
     * @param messages called on the event loop of the session; returns at once and does not change the bytes
     */
    default void handOn(Consumer<byte[]> messages) {}

    /** What happens between two polls. All methods are called on the event loop of the session and are cheap. */
    interface Listener {
        /** Something was pushed, so {@link PushedSession#latest} may have changed. */
        void onUpdate();

        /** What was pushed is not enough to know the status: the printer must be polled. */
        void onPollNeeded();

        /** The connection was lost. What happens until the next poll is unseen, so that poll begins a new session. */
        void onLost();
    }
}
