package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.DigestAuthorization;
import io.github.printer2mqtt.driver.DigestChallenge;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests with the API key or, without one, with a digest whose nonce is reused as long as the printer
 * accepts it; never with both, never with Basic. Belongs to the session's event loop.
 */
final class PrusaLinkAuthenticator {
    /** The only user of the firmware. */
    private static final String DEFAULT_USERNAME = "maker";

    private final Credentials credentials;
    private final String pathPrefix;

    private @Nullable DigestAuthorization digest;

    /** @param pathPrefix of the printer's address, which the digest covers */
    PrusaLinkAuthenticator(Credentials credentials, String pathPrefix) {
        this.credentials = credentials;
        this.pathPrefix = pathPrefix;
    }

    /** The response of any status except 401 and 403, which fail with {@code AUTH}. */
    Future<PrinterResponse> send(Exchange exchange, Method method, String path) {
        Secret password = credentials.apiKey() == null ? credentials.password() : null;
        DigestAuthorization known = digest;
        return exchange.send(request(method, path, known)).compose(response -> {
            if (response.status() != 401 || password == null) {
                return admitted(response);
            }
            digest = null;
            DigestChallenge challenge = challenge(response);
            return challenge == null ? admitted(response) : retry(exchange, method, path, challenge, password);
        });
    }

    /**
     * Retries once with a new nonce, also if the printer does not call the old one stale: a restarted printer knows no
     * earlier nonce.
     */
    private Future<PrinterResponse> retry(
            Exchange exchange, Method method, String path, DigestChallenge challenge, Secret password) {
        DigestAuthorization fresh = DigestAuthorization.answering(challenge, username(), password);
        return exchange.send(request(method, path, fresh)).compose(response -> {
            if (response.status() == 401) {
                DigestChallenge again = challenge(response);
                if (again != null && again.isStale()) {
                    throw new PrinterException(FailureReason.UNREADABLE, "the printer accepts none of its own nonces");
                }
            } else {
                digest = fresh;
            }
            return admitted(response);
        });
    }

    private Future<PrinterResponse> admitted(PrinterResponse response) {
        return response.status() == 401 || response.status() == 403
                ? Future.failedFuture(HttpStatusFailure.ofPoll(response, credentialsAdvice()))
                : Future.succeededFuture(response);
    }

    private PrinterRequest request(Method method, String path, @Nullable DigestAuthorization authorization) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        Secret key = credentials.apiKey();
        if (key != null) {
            headers.put("X-Api-Key", key.reveal());
        } else if (authorization != null) {
            headers.put("Authorization", authorization.header(method.name(), pathPrefix + path));
        }
        return new PrinterRequest(method, path, headers, null, method == Method.GET ? Purpose.READ : Purpose.CHANGE);
    }

    private static @Nullable DigestChallenge challenge(PrinterResponse response) {
        return DigestChallenge.in(response.lines("www-authenticate"));
    }

    private String username() {
        String given = credentials.username();
        return given == null ? DEFAULT_USERNAME : given;
    }

    String credentialsAdvice() {
        if (credentials.apiKey() != null) {
            return "PrusaLink refuses the API key: it is wrong";
        }
        return credentials.password() == null
                ? "PrusaLink requires credentials: add api_key, or username and password"
                : "PrusaLink refuses the username or the password";
    }
}
