package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.ApiKeyHeaders;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** The requests of a reading. */
record OctoPrintRequests(Credentials credentials) {
    Map<String, String> headers() {
        return ApiKeyHeaders.of(credentials);
    }

    /** The status, by one request while no printer is connected and by two otherwise. */
    Future<OctoPrintStatus> status(Exchange exchange) {
        return exchange.send(PrinterRequest.get("/api/job", headers())).compose(response -> {
            LenientJson job = expected(response);
            return OctoPrintMapper.hasPrinter(job)
                    ? exchange.send(PrinterRequest.get("/api/printer?exclude=sd", headers()))
                            .map(printer -> new OctoPrintStatus(job, printerOf(printer)))
                    : Future.succeededFuture(new OctoPrintStatus(job, LenientJson.empty()));
        });
    }

    /** Empty for 409: the printer disconnected between the two responses. */
    private LenientJson printerOf(PrinterResponse response) {
        return response.status() == 409 ? LenientJson.empty() : expected(response);
    }

    private LenientJson expected(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, credentialsAdvice());
        }
        return LenientJson.of(response.json());
    }

    /**
     * Logs in for the push socket: OctoPrint begins a session for the user of the key, and the message that this returns
     * names it. OctoPrint ends a session that is not used for 15 minutes, so that a second one does no harm. Empty without a key, where OctoPrint lets everybody read. Fails with a {@link WebSocketUnavailableException}
     * if there is no login for the key.
     */
    Future<Optional<String>> login(Exchange exchange) {
        if (credentials.apiKey() == null) {
            return Future.succeededFuture(Optional.empty());
        }
        return exchange.send(PrinterRequest.queryJson("/api/login", headers(), "{\"passive\":true}"))
                .map(OctoPrintRequests::authMessage);
    }

    private static Optional<String> authMessage(PrinterResponse response) {
        LenientJson user = LenientJson.ofBody(response);
        String name = user.text("name");
        String session = user.text("session");
        if (!HttpStatusFailure.isSuccess(response) || name == null || session == null) {
            throw WebSocketUnavailableException.withoutLogin(
                    "OctoPrint answers it with HTTP " + response.status() + (name == null ? "" : " and no session"));
        }
        return Optional.of(new JsonObject().put("auth", name + ":" + session).encode());
    }

    String credentialsAdvice() {
        return credentials.apiKey() == null
                ? "OctoPrint requires an API key: add api_key to the credentials"
                : "OctoPrint refuses the API key: it is wrong or lacks a permission";
    }
}
