package io.github.printer2mqtt.driver.ultimaker;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.DigestAuthorization;
import io.github.printer2mqtt.driver.DigestChallenge;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Commands with a digest, for which a pair of id and key is registered. Each takes two requests: the challenge of the first
 * has a nonce that is not kept.
 */
final class UltimakerCommander {
    private static final String PATH = "/api/v1/print_job/state";

    private static final String ADVICE =
            "the printer refuses id and key: request a new pair and confirm it on the printer's screen";

    private final Credentials credentials;
    private final PrinterHttp http;
    private final String pathPrefix;

    /** @param pathPrefix of the printer's address, which the digest covers */
    UltimakerCommander(Credentials credentials, PrinterHttp http, String pathPrefix) {
        this.credentials = credentials;
        this.http = http;
        this.pathPrefix = pathPrefix;
    }

    /** Without id and key the printer executes nothing. */
    Set<Capability> missing() {
        return credentials.username() == null || credentials.password() == null
                ? Set.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL)
                : Set.of();
    }

    Future<Void> execute(PrinterCommand command) {
        String body = "{\"target\":\"" + target(command) + "\"}";
        return http.onSecondConnection(PrinterSession.COMMAND_LIMIT, exchange -> send(exchange, body))
                .compose(UltimakerCommander::check);
    }

    /** Source: the API page of the printer; resuming is a second start. */
    private static String target(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> "pause";
            case RESUME -> "print";
            case CANCEL -> "abort";
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE, HOME, EMERGENCY_STOP, LIGHT, SPEED ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "the driver for UltiMaker has no "
                                + command.capability().wireName());
        };
    }

    private Future<PrinterResponse> send(Exchange exchange, String body) {
        String username = credentials.username();
        Secret password = credentials.password();
        if (username == null || password == null) {
            return Future.failedFuture(new CommandRefusedException(
                    CommandRefusedException.Reason.UNSUPPORTED,
                    "commands need the id and the key of a pairing as username and password"));
        }
        return exchange.send(request(body, Map.of())).compose(first -> {
            DigestChallenge challenge = DigestChallenge.in(first.lines("www-authenticate"));
            if (first.status() != 401 || challenge == null) {
                return Future.succeededFuture(first);
            }
            String header = DigestAuthorization.answering(challenge, username, password)
                    .header(Method.PUT.name(), pathPrefix + PATH);
            return exchange.send(request(body, Map.of("Authorization", header)));
        });
    }

    private static PrinterRequest request(String body, Map<String, String> authorization) {
        Map<String, String> headers = new HashMap<>(UltimakerDriver.HEADERS);
        headers.putAll(authorization);
        return new PrinterRequest(Method.PUT, PATH, headers, body, Purpose.CHANGE);
    }

    private static Future<Void> check(PrinterResponse response) {
        if (HttpStatusFailure.isSuccess(response)) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(
                switch (response.status()) {
                    case 401, 403 -> new PrinterException(FailureReason.AUTH, ADVICE);
                    case 404, 405 ->
                        new CommandRefusedException(
                                CommandRefusedException.Reason.STATE,
                                "the printer has no print, or waits at its screen");
                    default ->
                        HttpStatusFailure.ofCommand(
                                response, ADVICE, LenientJson.ofBody(response).text("message"));
                });
    }
}
