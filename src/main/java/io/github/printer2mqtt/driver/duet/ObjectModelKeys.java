package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the object model that the live values lack. Each has a sequence number among the live values, and is read again
 * when that changes. Belongs to the session's event loop.
 */
final class ObjectModelKeys {
    static final String REPLY = "/rr_reply";

    /** In the order of their use for a reading, in case that time runs out. */
    private static final List<String> KEYS = List.of("job", "heat", "tools", "state", "boards");

    /** A longer array is cut. */
    private static final int MAX_ELEMENTS = 64;

    private final Map<String, Part> parts = new HashMap<>();

    private @Nullable Long upTime;
    private @Nullable Long replySequence;
    private @Nullable String errorText;
    private LenientJson live = LenientJson.empty();

    /**
     * One key as read.
     *
     * @param sequence when it was read; null if the firmware has none
     * @param value empty if it is an array
     * @param elements empty if it is none
     */
    private record Part(@Nullable Long sequence, LenientJson value, List<LenientJson> elements) {
        static final Part UNKNOWN = new Part(null, LenientJson.empty(), List.of());
    }

    /** Takes the newest live values. After a restart the board counts from the beginning, so that nothing known is valid. */
    void onLive(LenientJson newest) {
        live = newest;
        Long now = newest.whole("state", "upTime");
        if (now != null && upTime != null && now < upTime) {
            parts.clear();
            replySequence = null;
        }
        upTime = now;
        errorText = DuetModel.isFaulty(newest) ? errorText : null; // an older error does not explain a later one
    }

    /** Reads what has changed, as far as time allows. */
    Future<Void> update(BiFunction<Exchange, String, Future<PrinterResponse>> get, ReadingDeadline deadline) {
        Future<Void> done = Future.succeededFuture();
        for (String key : KEYS) {
            done = done.compose(previous -> isCurrent(key) ? Future.succeededFuture() : read(key, get, deadline));
        }
        return done.compose(previous -> readReply(get, deadline));
    }

    /** Firmware without sequence numbers does not say when a job begins. */
    private boolean isCurrent(String key) {
        Part known = parts.get(key);
        Long sequence = live.whole("seqs", key);
        return known != null && Objects.equals(known.sequence(), sequence) && (sequence != null || !key.equals("job"));
    }

    private Future<Void> read(
            String key, BiFunction<Exchange, String, Future<PrinterResponse>> get, ReadingDeadline deadline) {
        Long sequence = live.whole("seqs", key);
        return deadline.ifTimeAllows(exchange -> part(key, 0, List.of(), path -> get.apply(exchange, path)))
                .map(read -> {
                    if (read.isPresent()) {
                        parts.put(
                                key,
                                new Part(
                                        sequence, read.get().value(), read.get().elements()));
                    } else if (key.equals("job")) {
                        parts.remove(key); // the file of the previous job must not be taken for that of the next
                    }
                    return null;
                });
    }

    /** Arrays come in parts; {@code next} is the index of the following part. */
    private static Future<Part> part(
            String key, int from, List<LenientJson> before, Function<String, Future<PrinterResponse>> get) {
        String path = "/rr_model?key=" + key + "&flags=d99vn" + (from == 0 ? "" : "a" + from);
        return get.apply(path).compose(response -> {
            LenientJson answer =
                    LenientJson.of(StandaloneServer.expected(response).json());
            List<LenientJson> elements = new ArrayList<>(before);
            elements.addAll(answer.elements("result"));
            Integer next = answer.integer("next");
            boolean isGrowing = elements.size() > before.size() && elements.size() < MAX_ELEMENTS;
            return next != null && next > from && isGrowing
                    ? part(key, next, elements, get)
                    : Future.succeededFuture(new Part(null, answer.at("result"), List.copyOf(elements)));
        });
    }

    /** Also because an unread reply occupies buffers of the board. */
    private Future<Void> readReply(
            BiFunction<Exchange, String, Future<PrinterResponse>> get, ReadingDeadline deadline) {
        Long sequence = live.whole("seqs", "reply");
        if (sequence == null || sequence.equals(replySequence)) {
            return Future.succeededFuture();
        }
        boolean isFirst = replySequence == null;
        replySequence = sequence;
        return isFirst
                ? Future.succeededFuture()
                : deadline.ifTimeAllows(exchange -> get.apply(exchange, REPLY)).map(reply -> {
                    reply.ifPresent(response ->
                            errorText = ReplyText.error(response.body().toString(StandardCharsets.UTF_8)));
                    return null;
                });
    }

    DuetModel model(LenientJson current) {
        return new DuetModel(
                current,
                value("job"),
                value("state"),
                value("heat"),
                elements("tools"),
                first(elements("boards")),
                errorText);
    }

    private LenientJson value(String key) {
        return parts.getOrDefault(key, Part.UNKNOWN).value();
    }

    private List<LenientJson> elements(String key) {
        return parts.getOrDefault(key, Part.UNKNOWN).elements();
    }

    private static LenientJson first(List<LenientJson> elements) {
        return elements.isEmpty() ? LenientJson.empty() : elements.get(0);
    }
}
