package io.github.printer2mqtt.simulator.server;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a simulated printer, which handles one request after the other. Works on the bytes of the socket,
 * because no HTTP server sends what printers and their faults send. Belongs to the event loop of its socket.
 */
final class SimulatorConnection {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final NetSocket socket;
    private final PrinterServer server;
    private final RequestReader reader;
    private @Nullable Stream stream;
    private boolean busy;
    private boolean closed;
    private long timer = NO_TIMER;

    /** What a connection without requests and responses carries. Called on the event loop of the connection. */
    interface Stream {
        void onBytes(Buffer bytes);

        void close();
    }

    SimulatorConnection(Vertx vertx, NetSocket socket, PrinterServer server) {
        this.vertx = vertx;
        this.socket = socket;
        this.server = server;
        this.reader = RequestReader.of(server.simulator());
    }

    void start() {
        socket.exceptionHandler(gone -> socket.close());
        socket.closeHandler(done -> onClosed());
        if (server.simulator() instanceof MqttSimulator broker) {
            stream = SimulatedMqttClient.accept(this, server, broker);
        }
        socket.handler(this::onBytes);
    }

    /** Closes the connection. Thread-safe. */
    void close() {
        socket.close();
    }

    private void onBytes(Buffer bytes) {
        server.onBytes(bytes.length());
        if (stream != null) {
            stream.onBytes(bytes);
            return;
        }
        reader.add(bytes);
        serveNext();
    }

    private void serveNext() {
        if (busy || closed) {
            return;
        }
        SimulatedRequest request;
        try {
            request = reader.next();
        } catch (RequestReader.BadRequestException e) {
            Buffer why = Buffer.buffer(String.valueOf(e.getMessage()));
            finish(
                    new SimulatedResponse(400, "Bad Request", List.of("Content-Type: text/plain"), why, true).bytes(),
                    true);
            return;
        }
        if (request != null && server.simulator() instanceof ProtocolSimulator simulator) {
            busy = true;
            server.onRequest();
            serve(simulator, request, server.behaviour());
        }
    }

    private void serve(ProtocolSimulator simulator, SimulatedRequest request, Behaviour behaviour) {
        long millis = behaviour.nextDelayMillis();
        if (millis <= 0) {
            play(simulator, request, behaviour);
        } else {
            timer = vertx.setTimer(millis, fired -> {
                timer = NO_TIMER;
                play(simulator, request, behaviour);
            });
        }
    }

    private void play(ProtocolSimulator simulator, SimulatedRequest request, Behaviour behaviour) {
        try {
            stream = behaviour.isFaulty() ? null : SimulatedWebSocket.accept(this, server, simulator, request);
            if (stream != null) {
                return; // no further request on this connection
            }
            behaviour.fault().play(this, () -> simulator.respond(request));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void write(Buffer bytes) {
        if (!closed) {
            send(bytes);
        }
    }

    private void send(Buffer bytes) {
        server.onBytes(bytes.length());
        socket.write(bytes);
    }

    /** Sends the last bytes of a response, then closes the connection or handles the next request. */
    void finish(Buffer bytes, boolean close) {
        if (closed) {
            return;
        }
        if (bytes.length() > 0) {
            send(bytes);
        }
        if (close) {
            socket.close();
        } else {
            busy = false;
            serveNext();
        }
    }

    /** Repeats a step, counted from 0, until it returns false or the connection closes. */
    void every(Duration interval, IntPredicate step) {
        int[] count = {0};
        timer = vertx.setPeriodic(Math.max(1, interval.toMillis()), fired -> {
            if (!step.test(count[0]++)) {
                cancelTimer();
            }
        });
    }

    /**
     * Does what a faulty server does instead of sending messages: a silent one stays silent, all others close the connection in their
     * way. Returns whether the connection stays.
     */
    boolean playFault() {
        Behaviour behaviour = server.behaviour();
        if (behaviour.isSilent()) {
            return true;
        }
        behaviour
                .fault()
                .play(
                        this,
                        () -> new SimulatedResponse(500, "Internal Server Error", List.of(), Buffer.buffer(), true));
        return false;
    }

    /** Sends a buffer so many times, as fast as the client reads, then the last bytes, then closes. */
    void pour(Buffer fill, long times, Buffer last) {
        long left = times;
        while (left > 0 && !closed && !socket.writeQueueFull()) {
            send(fill);
            left--;
        }
        long rest = left;
        if (rest == 0) {
            finish(last, true);
        } else if (!closed) {
            socket.drainHandler(drained -> {
                socket.drainHandler(null);
                pour(fill, rest, last);
            });
        }
    }

    /** Resets the connection. */
    void reset() {
        ((NetSocketInternal) socket).channelHandlerContext().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        socket.close();
    }

    private void onClosed() {
        closed = true;
        cancelTimer();
        if (stream != null) {
            stream.close();
        }
        server.onClosed(this);
    }

    private void cancelTimer() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
