package io.github.printer2mqtt.vertx;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks so that a faulty one does not stop the others. An {@link Error} is caught like an exception; an exhausted
 * heap still ends the process by a JVM option.
 */
public final class FaultIsolation {
    private static final Logger LOG = LoggerFactory.getLogger(FaultIsolation.class);

    private FaultIsolation() {}

    /**
     * Runs a callback and logs what it throws.
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

    public static <T> void forEach(String what, Iterable<T> items, Consumer<T> callback) {
        for (T item : items) {
            run(what, () -> callback.accept(item));
        }
    }
}
