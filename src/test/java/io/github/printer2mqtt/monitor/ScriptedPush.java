package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session whose printer pushes what a test says; idle at first. */
final class ScriptedPush implements PushedSession {
    private PushedSession.@Nullable Listener listener;
    private Reading reading = reading(PrinterState.IDLE, 0);
    private boolean connected;
    Supplier<Future<Reading>> onPoll = () -> Future.succeededFuture(reading);
    boolean reachable = true;
    boolean canPush = true;

    @Nullable String fallback;

    int pollCount;
    int latestCount;

    static Reading reading(PrinterState state, long elapsed) {
        Job job = state == PrinterState.IDLE ? null : new Job("7", "a.gcode", null, elapsed, null, null, null);
        return new Reading(state, state.wireName(), null, Temperatures.unknown(), job, null, null, null, null);
    }

    /** A message with a new state arrives. */
    void push(PrinterState state, long elapsed) {
        reading = reading(state, elapsed);
        monitor().onUpdate();
    }

    /** A state changes while nothing is connected. */
    void changeUnseen(PrinterState state) {
        reading = reading(state, 60);
    }

    void lose() {
        connected = false;
        monitor().onLost();
    }

    PushedSession.Listener monitor() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public boolean isPushing() {
        return connected && canPush;
    }

    @Override
    public Future<Reading> latest() {
        latestCount++;
        return Future.succeededFuture(reading);
    }

    @Override
    public @Nullable String fallback() {
        return fallback;
    }

    @Override
    public Future<Reading> poll() {
        pollCount++;
        if (!reachable) {
            return Future.failedFuture(new PrinterException(FailureReason.REFUSED, null));
        }
        connected = true;
        return onPoll.get();
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        return Future.succeededFuture();
    }

    @Override
    public void close() {
        connected = false;
    }
}
