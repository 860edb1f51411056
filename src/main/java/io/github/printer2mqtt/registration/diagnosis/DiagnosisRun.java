package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.model.address.PrinterAddress.Scheme;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser.Target;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One diagnosis, stage after stage. Belongs to one event loop. */
final class DiagnosisRun {
    private static final Duration NAME_LIMIT = Duration.ofMillis(2500);
    private static final Duration CONNECT_LIMIT = Duration.ofMillis(2500);
    private static final Duration TLS_LIMIT = Duration.ofMillis(1500);
    private static final Duration SERVER_LIMIT = Duration.ofMillis(2500);
    private static final Duration POLL_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_ADDRESSES = 3;
    private static final int MAX_REPEATED_POLLS = 2;

    /** After these a poll gets no response either. */
    private static final Set<FailureReason> NO_RESPONSE =
            EnumSet.of(FailureReason.TIMEOUT, FailureReason.REFUSED, FailureReason.UNREACHABLE, FailureReason.DNS);

    private final Target target;
    private final PrinterAddress address;
    private final PrinterConnector connector;
    private final StageLog log;
    private final ServerIdentification identification;
    private @Nullable PrinterHttp http;

    /** Addresses before the one that was connected to, which the HTTP client may try first. */
    private int deadAddresses;

    private @Nullable String evidence;
    private @Nullable String answer;
    private @Nullable PollResult poll;
    private @Nullable String certificate;

    DiagnosisRun(Target target, List<Driver> drivers, PrinterConnector connector, StageLog log) {
        this.target = target;
        this.address = target.printer().address();
        this.connector = connector;
        this.log = log;
        this.identification = new ServerIdentification(target, drivers, connector, log);
    }

    Future<Diagnosis> run() {
        return log.step(
                        NAME_LIMIT,
                        () -> connector.resolve(address),
                        (ips, millis) -> {
                            log.add(ConnectionFindings.resolved(address, ips), millis);
                            return connect(ips.subList(0, Math.min(MAX_ADDRESSES, ips.size())), 0);
                        },
                        (failure, millis) -> stop(failure, ConnectionFindings.notResolved(address, failure), millis))
                .onComplete(done -> close())
                .map(done -> new Diagnosis(
                        target.printer(),
                        log.at(),
                        log.tookMillis(),
                        log.results(),
                        evidence,
                        answer,
                        poll,
                        certificate));
    }

    private Future<Void> connect(List<InetAddress> ips, int index) {
        InetAddress ip = ips.get(index);
        Duration limit = CONNECT_LIMIT.dividedBy(ips.size());
        return log.step(
                limit,
                () -> connector.connect(ip, address.port(), limit).map(done -> ip),
                (connected, millis) -> {
                    deadAddresses = index;
                    log.addAll(ConnectionFindings.connected(ip, address.port()), millis);
                    return shakeHands();
                },
                (failure, millis) -> {
                    if (index + 1 < ips.size()) {
                        return connect(ips, index + 1);
                    }
                    poll = failure;
                    log.addAll(
                            ConnectionFindings.notConnected(ip, address.port(), failure, millis, target.driver()),
                            millis);
                    return Future.succeededFuture();
                });
    }

    private Future<Void> shakeHands() {
        if (!address.isTls()) {
            log.add(TlsFindings.notUsed(), null);
            return probe();
        }
        if (deadAddresses > 0) {
            return probe(); // the handshake below is with the first address only
        }
        return log.step(
                TLS_LIMIT,
                () -> connector.fingerprint(address, TLS_LIMIT),
                (shown, millis) -> {
                    certificate = shown.isEmpty() ? null : shown;
                    Finding finding =
                            TlsFindings.presented(shown, target.printer().fingerprint());
                    if (finding == null) {
                        return probe();
                    }
                    log.add(finding, millis);
                    if (finding.isOk()) {
                        return probe();
                    }
                    poll = new PollFailure(FailureReason.TLS, finding.text());
                    return Future.succeededFuture();
                },
                (failure, millis) -> onNoHandshake(failure, millis));
    }

    /** A plain request without credentials shows whether the server does without encryption. */
    private Future<Void> onNoHandshake(PollFailure failure, long millis) {
        PrinterAddress plain = new PrinterAddress(Scheme.HTTP, address.host(), address.port(), address.path());
        PrinterHttp client = connector.open(plain, null);
        return log.step(
                        TLS_LIMIT,
                        () -> ServerIdentification.page(client, TLS_LIMIT),
                        (page, took) -> stop(failure, TlsFindings.notUsedByServer(address), millis),
                        (none, took) -> stop(
                                failure,
                                none.reason() == FailureReason.REDIRECTED
                                        ? TlsFindings.notUsedByServer(address)
                                        : TlsFindings.noHandshake(address, failure, millis),
                                millis))
                .onComplete(done -> client.close());
    }

    private Future<Void> probe() {
        Driver driver = target.driver();
        PrinterAddress server = driver == null ? address : driver.server(address);
        PrinterHttp client =
                http == null ? connector.open(server, target.printer().fingerprint()) : http;
        http = client;
        if (driver == null) {
            return log.step(
                    SERVER_LIMIT,
                    () -> ServerIdentification.page(client, SERVER_LIMIT),
                    (page, millis) -> identify(client, null, millis),
                    (failure, millis) -> onProbeFailure(client, null, failure, millis));
        }
        return log.step(
                SERVER_LIMIT,
                () -> driver.probe(client, SERVER_LIMIT),
                (result, millis) -> {
                    addTrusted(millis);
                    answer = result.evidence();
                    evidence = result.matches() ? result.evidence() : null;
                    return poll(client, driver, null);
                },
                (failure, millis) -> onProbeFailure(client, driver, failure, millis));
    }

    private Future<Void> onProbeFailure(PrinterHttp client, @Nullable Driver driver, PollFailure failure, long millis) {
        if (failure.reason() == FailureReason.TLS) {
            return stop(failure, TlsFindings.notTrusted(certificate, failure), millis);
        }
        if (failure.reason() == FailureReason.TIMEOUT && deadAddresses > 0) {
            deadAddresses--;
            return probe(); // the client tries the next address now
        }
        if (NO_RESPONSE.contains(failure.reason())) {
            return stop(failure, ServerFindings.noResponse(failure, millis, driver), millis);
        }
        addTrusted(millis);
        return driver == null ? identify(client, failure, millis) : poll(client, driver, failure);
    }

    /** The first response shows that the certificate is trusted. */
    private void addTrusted(long millis) {
        if (!log.has(DiagnosisStage.TLS)) {
            log.add(TlsFindings.trusted(), millis);
        }
    }

    /** Polls a server that the driver did not recognise too: the status is what counts. */
    private Future<Void> poll(PrinterHttp client, Driver driver, @Nullable PollFailure probeFailure) {
        Duration configured = target.printer().polling().timeout();
        Duration timeout = configured == null || configured.compareTo(POLL_LIMIT) < 0 ? POLL_LIMIT : configured;
        PrinterSession session = driver.open(target.printer(), target.credentials(), client, timeout);
        // The printer must have answered before: one that is silent would be waited for twice.
        Set<FailureReason> repeated = answer == null ? Set.of() : repeated(session);
        return log.step(
                repeated.contains(FailureReason.TIMEOUT) ? timeout.multipliedBy(2) : timeout,
                () -> read(session, repeated, MAX_REPEATED_POLLS),
                (reading, millis) -> onReading(driver, reading, millis),
                (failure, millis) -> onPollFailure(
                        client, driver, failure, Objects.requireNonNullElse(probeFailure, failure), millis));
    }

    /** A session that pushes may poll another way once its connection has turned out not to work. */
    private static Set<FailureReason> repeated(PrinterSession session) {
        return session instanceof PushedSession
                ? EnumSet.of(FailureReason.UNREADABLE, FailureReason.TIMEOUT, FailureReason.TOO_LARGE)
                : EnumSet.of(FailureReason.UNREADABLE);
    }

    /**
     * Polls again after these failures: some servers send more than one response, or close a kept connection, from which a
     * monitor recovers with its next poll.
     */
    private static Future<Reading> read(PrinterSession session, Set<FailureReason> repeated, int repetitionsLeft) {
        return session.poll()
                .recover(failure -> repetitionsLeft > 0
                                && failure instanceof PrinterException exception
                                && repeated.contains(exception.failure().reason())
                        ? read(session, repeated, repetitionsLeft - 1)
                        : Future.failedFuture(failure));
    }

    private Future<Void> onPollFailure(
            PrinterHttp client, Driver driver, PollFailure failure, PollFailure first, long millis) {
        poll = failure;
        if (evidence == null) {
            return identify(client, first, millis);
        }
        log.add(ServerFindings.recognised(driver, evidence), millis);
        log.addAll(PollFindings.of(failure, driver, target.credentials(), millis), millis);
        return Future.succeededFuture();
    }

    private Future<Void> onReading(Driver driver, Reading reading, long millis) {
        poll = reading;
        log.add(ServerFindings.recognised(driver, evidence), millis);
        log.addAll(PollFindings.of(reading, target.printer(), target.credentials(), millis), millis);
        return Future.succeededFuture();
    }

    private Future<Void> identify(PrinterHttp client, @Nullable PollFailure failure, long millis) {
        poll = poll == null ? failure : poll;
        return identification.run(client, answer, failure, millis);
    }

    private Future<Void> stop(PollFailure failure, Finding finding, long millis) {
        poll = failure;
        log.add(finding, millis);
        return Future.succeededFuture();
    }

    private void close() {
        if (http != null) {
            http.close();
        }
    }
}
