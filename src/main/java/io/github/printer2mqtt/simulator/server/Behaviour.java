package io.github.printer2mqtt.simulator.server;

import java.time.Duration;

/**
 * What a {@link PrinterServer} does with requests; it may be changed while the server runs. Immutable apart from the
 * random numbers of its latency; safe for every thread.
 */
public final class Behaviour {
    private final Latency latency;
    private final Faults.Fault trick;
    private final Door door;

    /** Whether anybody listens at the port. */
    private enum Door {
        OPEN,
        CLOSED
    }

    private Behaviour(Latency latency, Faults.Fault trick, Door door) {
        this.latency = latency;
        this.trick = trick;
        this.door = door;
    }

    private static Behaviour playing(Faults.Fault trick) {
        return new Behaviour(Latency.none(), trick, Door.OPEN);
    }

    /** Answers honestly and at once. */
    public static Behaviour healthy() {
        return playing(Faults::honest);
    }

    /** Accepts connections and requests and never answers. */
    public static Behaviour silent() {
        return playing(Faults::silence);
    }

    /** Sends the honest answer a byte at a time. */
    public static Behaviour dripping(Duration everyByte) {
        return playing((connection, honest) -> Faults.drip(connection, honest, everyByte));
    }

    /** Answers 200 with JSON of so many MiB, whose length it does not tell beforehand. */
    public static Behaviour hugeBody(int mebibytes) {
        return playing((connection, honest) -> Faults.huge(connection, mebibytes));
    }

    /** Sends every client elsewhere. */
    public static Behaviour redirecting(String url) {
        return playing((connection, honest) -> Faults.redirect(connection, url));
    }

    /** Resets the connection when a request has come. */
    public static Behaviour resetting() {
        return playing((connection, honest) -> connection.reset());
    }

    /** Sends bytes that are no HTTP and closes. */
    public static Behaviour garbage() {
        return playing((connection, honest) -> Faults.garbage(connection));
    }

    /** Answers like a proxy in front of a server that is gone: 502 with an HTML page. */
    public static Behaviour badGateway() {
        return playing((connection, honest) -> Faults.badGateway(connection));
    }

    /** Sends the head and half of the body of the honest answer and closes. */
    public static Behaviour truncating() {
        return playing(Faults::truncate);
    }

    /** Nobody listens: connections are closed and new ones refused, until another behaviour opens the port again. */
    public static Behaviour refusing() {
        return new Behaviour(Latency.none(), Faults::silence, Door.CLOSED);
    }

    /** The same, but only after a while. */
    public Behaviour after(Latency thinking) {
        return new Behaviour(thinking, trick, door);
    }

    Latency latency() {
        return latency;
    }

    Faults.Fault trick() {
        return trick;
    }

    boolean listens() {
        return door == Door.OPEN;
    }
}
