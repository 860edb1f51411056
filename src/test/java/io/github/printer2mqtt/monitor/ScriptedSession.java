package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** A session whose polls have the results that a test sets; idle by default. */
final class ScriptedSession implements PolledSession {
    private final Deque<Supplier<Future<Reading>>> once = new ArrayDeque<>();
    private Supplier<Future<Reading>> always = ScriptedSession::idle;
    int pollCount;
    boolean closed;

    static Future<Reading> idle() {
        return Future.succeededFuture(
                new Reading(PrinterState.IDLE, "IDLE", null, Temperatures.unknown(), null, null, null, null, null));
    }

    static Future<Reading> printing() {
        return Future.succeededFuture(
                new Reading(PrinterState.PRINTING, "P", null, Temperatures.unknown(), null, null, null, null, null));
    }

    static Future<Reading> timeout() {
        return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
    }

    void next(Supplier<Future<Reading>> result) {
        once.add(result);
    }

    void always(Supplier<Future<Reading>> result) {
        always = result;
    }

    @Override
    public Future<Reading> poll() {
        pollCount++;
        return (once.isEmpty() ? always : once.removeFirst()).get();
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        return Future.succeededFuture();
    }

    @Override
    public void close() {
        closed = true;
    }
}
