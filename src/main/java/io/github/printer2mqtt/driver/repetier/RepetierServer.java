package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One server, read once for all its printers over the connection of one of their sessions. Belongs to the event loop of these
 * sessions.
 */
final class RepetierServer {
    /** The sessions poll at different times; within this time one reading serves them all. */
    private static final Duration MAX_AGE = Duration.ofMillis(1500);

    /** Without history, which makes the response large. */
    private static final String NO_HISTORY = "{\"includeHistory\":false}";

    private final Credentials credentials;
    private final LongSupplier nanos;

    /** Of the open sessions; the first one is used. */
    private final Set<PrinterHttp> clients = new LinkedHashSet<>();

    private @Nullable Future<Snapshot> running;
    private @Nullable Snapshot newest;
    private long readAt;

    /**
     * What a server says of its printers at one moment.
     *
     * @param printers one entry each, with its job
     * @param states by slug
     */
    record Snapshot(List<LenientJson> printers, LenientJson states) {}

    RepetierServer(Credentials credentials, LongSupplier nanos) {
        this.credentials = credentials;
        this.nanos = nanos;
    }

    void join(PrinterHttp client) {
        clients.add(client);
    }

    void leave(PrinterHttp client) {
        clients.remove(client);
    }

    /** The client that carries the requests; null without an open session. */
    @Nullable PrinterHttp client() {
        return clients.isEmpty() ? null : clients.iterator().next();
    }

    /** The newest snapshot, read now if it is too old. */
    Future<Snapshot> read(Duration timeout) {
        Snapshot known = newest;
        if (known != null && nanos.getAsLong() - readAt < MAX_AGE.toNanos()) {
            return Future.succeededFuture(known);
        }
        Future<Snapshot> pending = running;
        return pending == null ? start(timeout) : pending;
    }

    private Future<Snapshot> start(Duration timeout) {
        Future<Snapshot> reading = request(timeout);
        running = reading;
        reading.onComplete(done -> {
            running = null;
            newest = done.succeeded() ? done.result() : null;
            readAt = nanos.getAsLong();
        });
        return reading;
    }

    /** If the session whose connection is used is closed meanwhile, the next one takes over. */
    private Future<Snapshot> request(Duration timeout) {
        PrinterHttp client = client();
        if (client == null) {
            return Future.failedFuture(new Exchange.AbortedException(PrinterException.Delivery.NOT_SENT));
        }
        return client.within(timeout, this::snapshot).recover(failure -> {
            if (!(failure instanceof Exchange.AbortedException)) {
                return Future.failedFuture(failure);
            }
            leave(client);
            return request(timeout);
        });
    }

    private Future<Snapshot> snapshot(Exchange exchange) {
        return exchange.send(get("/printer/list/?a=list", Purpose.READ)).compose(response -> {
            List<LenientJson> printers = elements(checked(response));
            String slug = printers.stream()
                    .map(printer -> printer.text("slug"))
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
            return slug == null
                    ? Future.succeededFuture(new Snapshot(printers, LenientJson.empty()))
                    : exchange.send(request(slug, "stateList", NO_HISTORY, Purpose.READ))
                            .map(states -> new Snapshot(printers, checked(states)));
        });
    }

    /** What comes next is no longer what the newest snapshot says. */
    void expire() {
        newest = null;
    }

    PrinterRequest request(String slug, String action, String data, Purpose purpose) {
        return get("/printer/api/" + encoded(slug) + "?a=" + action + "&data=" + encoded(data), purpose);
    }

    private PrinterRequest get(String path, Purpose purpose) {
        Secret given = credentials.apiKey() == null ? credentials.password() : credentials.apiKey();
        Map<String, String> headers = given == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "x-api-key", given.reveal());
        return new PrinterRequest(Method.GET, path, headers, null, purpose);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The elements of a list, which may be a bare array or the member {@code data}. */
    static List<LenientJson> elements(LenientJson answer) {
        return answer.elements("data");
    }

    /** The response as an object; a bare array becomes its member {@code data}. */
    LenientJson checked(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, credentialsAdvice());
        }
        LenientJson answer = object(response);
        String error = answer.text("error") == null ? answer.text("data", "error") : answer.text("error");
        if (error != null) {
            throw new PrinterException(FailureReason.AUTH, credentialsAdvice() + " (" + error + ")");
        }
        return answer;
    }

    private static LenientJson object(PrinterResponse response) {
        String text = response.body().toString(StandardCharsets.UTF_8).stripLeading();
        if (!text.startsWith("[")) {
            return LenientJson.of(response.json());
        }
        Map<String, Object> wrapped = BoundedJson.object(Buffer.buffer("{\"data\":" + text + "}"));
        if (wrapped == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer is not JSON");
        }
        return LenientJson.of(wrapped);
    }

    String credentialsAdvice() {
        return credentials.isEmpty()
                ? "Repetier-Server requires an API key: add api_key to the credentials"
                : "Repetier-Server refuses the API key: it is wrong or lacks a permission";
    }
}
