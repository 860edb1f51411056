package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent to a server, with the key, and what its responses say apart from the printers. Immutable. */
final class RepetierRequests {
    /** Without history, which makes the response large. */
    static final String NO_HISTORY = "{\"includeHistory\":false}";

    private final Credentials credentials;

    RepetierRequests(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Reads what the server says of its printers. Fails with a {@link PrinterException}. */
    Future<RepetierSnapshot> snapshot(Exchange exchange) {
        return exchange.send(get("/printer/list/?a=list", Purpose.READ)).compose(response -> {
            RepetierSnapshot listed = new RepetierSnapshot(elements(checked(response)), LenientJson.empty());
            String slug = listed.anySlug();
            return slug == null
                    ? Future.succeededFuture(listed)
                    : exchange.send(action(slug, "stateList", NO_HISTORY, Purpose.READ))
                            .map(states -> new RepetierSnapshot(listed.printers(), checked(states)));
        });
    }

    /** An action of a printer. */
    PrinterRequest action(String slug, String action, String data, Purpose purpose) {
        return get("/printer/api/" + encoded(slug) + "?a=" + action + "&data=" + encoded(data), purpose);
    }

    /** The path of the web socket, which takes the key in the query only. */
    String webSocketPath() {
        Secret key = key();
        return "/socket?lang=en" + (key == null ? "" : "&apikey=" + encoded(key.reveal()));
    }

    /** The picture of a printer's first camera. */
    PrinterRequest snapshot(String slug) {
        return get("/printer/camjpg/" + encoded(slug) + "?cam=0", Purpose.READ);
    }

    private PrinterRequest get(String path, Purpose purpose) {
        Secret key = key();
        Map<String, String> headers = key == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "x-api-key", key.reveal());
        return new PrinterRequest(Method.GET, path, headers, null, purpose);
    }

    private @Nullable Secret key() {
        return credentials.apiKey() == null ? credentials.password() : credentials.apiKey();
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
        String error = error(answer);
        if (error != null) {
            throw new PrinterException(FailureReason.AUTH, credentialsAdvice() + " (" + error + ")");
        }
        return answer;
    }

    /** The error that an answer has in place of a result; null if it has none. */
    static @Nullable String error(LenientJson answer) {
        return answer.text("error") == null ? answer.text("data", "error") : answer.text("error");
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
