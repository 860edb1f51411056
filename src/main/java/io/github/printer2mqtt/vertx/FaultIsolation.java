package io.github.printer2mqtt.vertx;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks of which a faulty one must not stop the others. An {@link Error} is caught like an exception, since what
 * one callback cannot do says nothing about the next; an exhausted heap ends the process by an option of the JVM.
 */
public final class FaultIsolation {
    private static final Logger LOG = LoggerFactory.getLogger(FaultIsolation.class);

    private FaultIsolation() {}

    /**
     * Runs one callback; what it throws is logged.
     *
     * @param what names the callback in the log, for example {@code a timer}
     */
    public static void run(String what, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable fault) {
            LOG.error("{} failed", what, fault);
        }
    }

    /** Calls back for each item. */
    public static <T> void forEach(String what, Iterable<T> items, Consumer<T> callback) {
        for (T item : items) {
            run(what, () -> callback.accept(item));
        }
    }
}
