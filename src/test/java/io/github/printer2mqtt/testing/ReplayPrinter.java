package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A printer's server on loopback with recorded or synthetic responses by method and target. Records the requests. Thread-safe.
 */
public final class ReplayPrinter implements AutoCloseable {
    /**
     * A received request.
     *
     * @param target path and query
     * @param headers by case-insensitive name
     */
    public record Request(String method, String target, Map<String, String> headers, String body) {
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        /** Method and target, the key of responses. */
        public String line() {
            return method + " " + target;
        }
    }

    private final NetServer server;
    private final Map<String, Function<Request, CannedResponse>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private ReplayPrinter(NetServer server) {
        this.server = server;
    }

    /** Starts on a free port; the default response is 404 with an HTML page. */
    public static ReplayPrinter start(Vertx vertx) {
        ReplayPrinter printer = new ReplayPrinter(vertx.createNetServer());
        printer.server.connectHandler(printer::onConnect);
        Await.done(printer.server.listen(0, "127.0.0.1"));
        return printer;
    }

    /** Sets the responses to a request in order; the last one repeats. */
    public ReplayPrinter answer(String line, CannedResponse first, CannedResponse... more) {
        Deque<CannedResponse> left = new ArrayDeque<>(List.of(more));
        left.addFirst(first);
        return answer(line, request -> {
            synchronized (left) {
                return left.size() > 1 ? left.removeFirst() : left.getFirst();
            }
        });
    }

    /** Sets the response to a request by a function. */
    public ReplayPrinter answer(String line, Function<Request, CannedResponse> answer) {
        answers.put(line, answer);
        return this;
    }

    public int port() {
        return server.actualPort();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Method and target of each request. */
    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    public int connections() {
        return connections.get();
    }

    private void onConnect(NetSocket socket) {
        connections.incrementAndGet();
        socket.exceptionHandler(failure -> {});
        Buffer received = Buffer.buffer();
        int[] consumed = {0};
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            consumed[0] = serve(socket, received, consumed[0]);
        });
    }

    /** Responds to complete requests and returns their length in the buffer. */
    private int serve(NetSocket socket, Buffer received, int start) {
        int at = start;
        while (true) {
            String text = received.getString(at, received.length(), "ISO-8859-1");
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return at;
            }
            String[] lines = text.substring(0, end).split("\r\n", -1);
            Map<String, String> headers = headers(lines);
            int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
            int bodyStart = at + end + 4;
            if (received.length() < bodyStart + length) {
                return at;
            }
            String body = received.getBuffer(bodyStart, bodyStart + length).toString(StandardCharsets.UTF_8);
            String[] first = lines[0].split(" ", -1);
            at = bodyStart + length;
            answer(socket, new Request(first[0], first[1], headers, body));
        }
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        return headers;
    }

    /** It has no web socket: a driver that prefers one falls back to polling, which is what tests replay. */
    private void answer(NetSocket socket, Request request) {
        if (request.header("Sec-WebSocket-Key") != null) {
            connections.decrementAndGet();
            socket.write(CannedResponse.html(404).bytes());
            return;
        }
        requests.add(request);
        Function<Request, CannedResponse> answer = answers.get(request.line());
        CannedResponse reply = answer == null ? CannedResponse.html(404) : answer.apply(request);
        socket.write(reply.bytes()).onComplete(written -> {
            if (reply.closes()) {
                socket.close();
            }
        });
    }

    @Override
    public void close() {
        Await.done(server.close());
    }
}
