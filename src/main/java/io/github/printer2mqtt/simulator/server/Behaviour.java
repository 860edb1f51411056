package io.github.printer2mqtt.simulator.server;

import java.time.Duration;

/**
 * How a {@link PrinterServer} handles requests; it can be changed while the server runs. Thread-safe, and immutable apart
 * from the random numbers of its latency.
 */
public final class Behaviour {
    private final Latency latency;
    private final Faults.Fault fault;
    private final boolean listening;

    private Behaviour(Latency latency, Faults.Fault fault, boolean listening) {
        this.latency = latency;
        this.fault = fault;
        this.listening = listening;
    }

    private static Behaviour withFault(Faults.Fault fault) {
        return new Behaviour(Latency.none(), fault, true);
    }

    /** Responds correctly and at once. */
    public static Behaviour healthy() {
        return withFault(Faults::none);
    }

    /** Accepts connections and requests and never responds. */
    public static Behaviour silent() {
        return withFault(Faults::silence);
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
        return new Behaviour(Latency.none(), Faults::silence, false);
    }

    /** The same behaviour after a delay. */
    public Behaviour after(Latency delay) {
        return new Behaviour(delay, fault, listening);
    }

    Latency latency() {
        return latency;
    }

    Faults.Fault fault() {
        return fault;
    }

    boolean listens() {
        return listening;
    }
}
