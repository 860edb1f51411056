package io.github.printer2mqtt.simulator.server;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * How a {@link PrinterServer} handles requests; it can be changed while the server runs. Thread-safe, and immutable apart
 * from the random numbers of its delays.
 */
public final class Behaviour {
    private static final int MIN_DELAY_MILLIS = 50;
    private static final int MAX_DELAY_MILLIS = 150;
    private static final Faults.Fault NONE = Faults::none;
    private static final Faults.Fault SILENCE = Faults::silence;

    /** Gives the delay of the next response in milliseconds. */
    private final LongSupplier delay;

    private final Faults.Fault fault;
    private final boolean listening;

    private Behaviour(LongSupplier delay, Faults.Fault fault, boolean listening) {
        this.delay = delay;
        this.fault = fault;
        this.listening = listening;
    }

    private static Behaviour withFault(Faults.Fault fault) {
        return new Behaviour(() -> 0, fault, true);
    }

    /** Responds correctly and at once. */
    public static Behaviour healthy() {
        return withFault(NONE);
    }

    /** Responds correctly after 50 to 150 ms, as most printers do. */
    public static Behaviour ordinary(long seed) {
        Random random = new Random(seed);
        return new Behaviour(() -> random.nextLong(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS + 1), NONE, true);
    }

    /** Responds correctly after a delay. */
    public static Behaviour slow(Duration delay) {
        return new Behaviour(delay::toMillis, NONE, true);
    }

    /** Accepts connections and requests and never responds. */
    public static Behaviour silent() {
        return withFault(SILENCE);
    }

    /** Sends the correct response one byte at a time. */
    public static Behaviour dripping(Duration everyByte) {
        return withFault((connection, correct) -> Faults.drip(connection, correct, everyByte));
    }

    /** Responds with 200 and a number of MiB of JSON, without a Content-Length. */
    public static Behaviour hugeBody(int mebibytes) {
        return withFault((connection, correct) -> Faults.huge(connection, mebibytes));
    }

    /** Redirects every request. */
    public static Behaviour redirecting(String url) {
        return withFault((connection, correct) -> Faults.redirect(connection, url));
    }

    /** Resets the connection after a request. */
    public static Behaviour resetting() {
        return withFault((connection, correct) -> connection.reset());
    }

    /** Sends bytes that are not HTTP and closes the connection. */
    public static Behaviour garbage() {
        return withFault((connection, correct) -> Faults.garbage(connection));
    }

    /** Closes all connections and refuses new ones until another behaviour opens the port again. */
    public static Behaviour refusing() {
        return new Behaviour(() -> 0, Faults::silence, false);
    }

    long nextDelayMillis() {
        return delay.getAsLong();
    }

    Faults.Fault fault() {
        return fault;
    }

    boolean isFaulty() {
        return !fault.equals(NONE);
    }

    boolean isSilent() {
        return fault.equals(SILENCE);
    }

    boolean listens() {
        return listening;
    }
}
