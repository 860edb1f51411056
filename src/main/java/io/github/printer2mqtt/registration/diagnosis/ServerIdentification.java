package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser.Target;
import io.github.printer2mqtt.registration.diagnosis.ServerFindings.Unrecognised;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what answers at an address whose driver does not recognise it: a server that expects TLS, the server of another
 * driver, a web page. Sends no credentials. Belongs to one event loop.
 */
final class ServerIdentification {
    private static final Duration LIMIT = Duration.ofMillis(1500);

    private final Target target;
    private final List<Driver> drivers;
    private final PrinterConnector connector;
    private final StageLog log;

    ServerIdentification(Target target, List<Driver> drivers, PrinterConnector connector, StageLog log) {
        this.target = target;
        this.drivers = drivers;
        this.connector = connector;
        this.log = log;
    }

    /** The response to a request for the page that a browser shows. */
    static Future<PrinterResponse> page(PrinterHttp http, Duration limit) {
        return http.within(limit, exchange -> exchange.send(PrinterRequest.get("/", Map.of("Accept", "text/html"))));
    }

    /**
     * Adds the findings to the log.
     *
     * @param answer to the probe; null if there was none
     * @param failure of probe or poll; null if there was neither
     */
    Future<Void> run(PrinterHttp http, @Nullable String answer, @Nullable PollFailure failure, long millis) {
        boolean isHttp = answer != null || failure == null || failure.reason() != FailureReason.UNREADABLE;
        boolean mayExpectTls = !isHttp || (answer != null && answer.contains("HTTP 400"));
        if (target.printer().address().isTls() || !mayExpectTls) {
            return tryOthers(http, answer, failure, millis, isHttp ? 0 : drivers.size());
        }
        return log.step(
                LIMIT,
                () -> connector.fingerprint(target.printer().address(), LIMIT),
                (shown, took) -> {
                    log.add(TlsFindings.expected(target.printer().address()), took);
                    return Future.succeededFuture();
                },
                (none, took) -> tryOthers(http, answer, failure, millis, isHttp ? 0 : drivers.size()));
    }

    private Future<Void> tryOthers(
            PrinterHttp http, @Nullable String answer, @Nullable PollFailure failure, long millis, int index) {
        if (index >= drivers.size()) {
            return readPage(http, answer, failure, millis);
        }
        Driver other = drivers.get(index);
        if (target.driver() == null || other.equals(target.driver())) {
            return tryOthers(http, answer, failure, millis, index + 1);
        }
        return log.step(
                LIMIT,
                () -> other.probe(http, LIMIT),
                (result, took) -> result.matches()
                        ? conclude(
                                new Unrecognised(target.driver(), answer, failure, other, result.evidence(), null),
                                millis)
                        : tryOthers(http, answer, failure, millis, index + 1),
                (none, took) -> none.reason() == FailureReason.TIMEOUT
                        ? conclude(new Unrecognised(target.driver(), answer, failure, null, null, null), millis)
                        : tryOthers(http, answer, failure, millis, index + 1));
    }

    private Future<Void> readPage(
            PrinterHttp http, @Nullable String answer, @Nullable PollFailure failure, long millis) {
        return log.step(
                LIMIT,
                () -> page(http, LIMIT),
                (page, took) -> conclude(
                        new Unrecognised(target.driver(), answer, failure, null, null, WebPage.of(page)), millis),
                (none, took) -> conclude(new Unrecognised(target.driver(), answer, failure, null, null, null), millis));
    }

    private Future<Void> conclude(Unrecognised server, long millis) {
        PollFailure failure = server.failure();
        Driver driver = target.driver();
        boolean isRefusal = server.other() == null
                && driver != null
                && failure != null
                && failure.reason() == FailureReason.AUTH
                && !HttpStatusFailure.isByIntermediary(failure);
        if (driver != null && failure != null && isRefusal) {
            log.add(ServerFindings.recognised(driver, null), millis);
            log.addAll(PollFindings.of(failure, driver, target.credentials(), millis), millis);
        } else {
            log.add(ServerFindings.unrecognised(server), millis);
        }
        return Future.succeededFuture();
    }
}
