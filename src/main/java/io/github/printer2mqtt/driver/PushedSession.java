package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Reading;
import io.vertx.core.Future;
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

    /** Why the session polls although its protocol has a push, in one line; null if it does not. */
    @Nullable String fallback();

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
