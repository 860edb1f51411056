package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.model.address.PrinterAddress.Scheme;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for printers at every address of networks: first which ports of drivers are open, then which driver recognises what listens
 * there, without credentials. One port of all addresses after the other, so that no machine gets two connects at once. Belongs to
 * the event loop of the registration service.
 */
public final class NetworkScan {
    /** Nothing, or nothing that listens, is at an address. */
    private static final Set<FailureReason> CLOSED =
            EnumSet.of(FailureReason.TIMEOUT, FailureReason.REFUSED, FailureReason.UNREACHABLE);

    private final Vertx vertx;
    private final List<Driver> drivers;
    private final PrinterConnector connector;
    private final DriverDetector detector;
    private final AddressPolicy policy;
    private final Limits limits;
    private final LongSupplier nanos;

    /**
     * The limits of a scan.
     *
     * @param connects at once
     * @param connectLimit for one connect
     * @param pace the least time from the start of a connect to the next one in its place, which limits the rate
     * @param probes at once
     * @param total after it nothing more is started
     */
    public record Limits(int connects, Duration connectLimit, Duration pace, int probes, Duration total) {
        /** A network of 254 addresses takes about 10 s, the largest one about 40 s. */
        public static Limits usual() {
            return new Limits(128, Duration.ofMillis(400), Duration.ofMillis(200), 8, Duration.ofSeconds(40));
        }
    }

    /**
     * What was found.
     *
     * @param printers each with a match, by address
     * @param addresses how many were tried
     * @param isComplete whether the time sufficed and every connect could be tried
     */
    public record Result(List<ProbeAttempt> printers, int addresses, boolean isComplete) {}

    /** No address may be contacted; the message says why in one line. */
    public static final class NetworkRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NetworkRefusedException(String reason) {
            super(reason, null, false, false);
        }
    }

    private record Target(InetAddress ip, int port) {
        PrinterAddress address() {
            Scheme scheme = port == Scheme.HTTPS.port() ? Scheme.HTTPS : Scheme.HTTP;
            return new PrinterAddress(scheme, ip.getHostAddress(), port, "");
        }
    }

    /** What one scan has found so far. */
    private static final class Findings {
        final List<Target> open = new ArrayList<>();
        final List<ProbeAttempt> matches = new ArrayList<>();
        boolean isComplete = true;
    }

    /** @param nanos monotonic time */
    public NetworkScan(
            Vertx vertx,
            List<Driver> drivers,
            PrinterConnector connector,
            DriverDetector detector,
            AddressPolicy policy,
            Limits limits,
            LongSupplier nanos) {
        this.vertx = vertx;
        this.drivers = drivers.stream()
                .sorted(Comparator.comparingInt(Driver::precedence))
                .toList();
        this.connector = connector;
        this.detector = detector;
        this.policy = policy;
        this.limits = limits;
        this.nanos = nanos;
    }

    /** Fails with a {@link NetworkRefusedException} if the policy allows none of the addresses. */
    public Future<Result> run(List<Subnet> subnets) {
        List<InetAddress> addresses = subnets.stream()
                .flatMap(each -> each.addresses().stream())
                .distinct()
                .toList();
        List<Target> targets = ports().boxed()
                .flatMap(port -> addresses.stream().map(ip -> new Target(ip, port)))
                .filter(target -> policy.refusal(target.ip, target.port) == null)
                .toList();
        if (targets.isEmpty()) {
            return Future.failedFuture(new NetworkRefusedException(refusal(addresses)));
        }
        Findings findings = new Findings();
        long end = nanos.getAsLong() + limits.total.toNanos();
        return new BoundedLoop<>(
                        targets.iterator(), limits.connects, () -> isAfter(end), target -> connect(target, findings))
                .run()
                .compose(all -> {
                    findings.isComplete = findings.isComplete && all;
                    return new BoundedLoop<>(
                                    findings.open.iterator(),
                                    limits.probes,
                                    () -> isAfter(end),
                                    target -> probe(target, findings))
                            .run();
                })
                .map(all ->
                        new Result(withoutRepetitions(findings.matches), addresses.size(), findings.isComplete && all));
    }

    private IntStream ports() {
        return drivers.stream()
                .flatMap(driver -> Stream.concat(Stream.of(driver.defaultPort()), driver.candidatePorts().stream()))
                .mapToInt(Integer::intValue)
                .distinct()
                .sorted();
    }

    private String refusal(List<InetAddress> addresses) {
        String reason = addresses.isEmpty()
                ? null
                : policy.refusal(addresses.get(0), ports().findFirst().orElse(Scheme.HTTP.port()));
        return reason == null ? "found no address that the bridge may contact" : reason;
    }

    private boolean isAfter(long end) {
        return nanos.getAsLong() - end >= 0;
    }

    private Future<?> connect(Target target, Findings findings) {
        Future<Void> connected = connector
                .connect(target.ip, target.port, limits.connectLimit)
                .onSuccess(open -> findings.open.add(target))
                .onFailure(failure -> findings.isComplete = findings.isComplete && isClosed(failure));
        Future<Void> pace = vertx.timer(limits.pace.toMillis(), TimeUnit.MILLISECONDS);
        return Future.join(connected, pace);
    }

    /** Other failures are the bridge's own, for example too few open files. */
    private static boolean isClosed(Throwable failure) {
        return failure instanceof PrinterException exception
                && CLOSED.contains(exception.failure().reason());
    }

    /** Only the drivers whose printers listen at the port. */
    private Future<?> probe(Target target, Findings findings) {
        List<Driver> candidates = drivers.stream()
                .filter(driver -> driver.defaultPort() == target.port
                        || driver.candidatePorts().contains(target.port))
                .toList();
        return detector.probe(target.address(), candidates, null).onSuccess(attempt -> {
            if (attempt.match() != null) {
                findings.matches.add(attempt);
            }
        });
    }

    /** A server that is found at several ports of a machine is listed once, at the usual port of its driver if it is there. */
    private static List<ProbeAttempt> withoutRepetitions(List<ProbeAttempt> matches) {
        Map<String, ProbeAttempt> best = new LinkedHashMap<>();
        matches.stream()
                .sorted(Comparator.comparing((ProbeAttempt each) -> !isUsualPort(each))
                        .thenComparing(each -> each.address().port()))
                .forEach(each -> best.putIfAbsent(each.address().host() + " " + driver(each), each));
        return best.values().stream()
                .sorted(Comparator.comparing(
                                (ProbeAttempt each) -> sortKey(each.address().host()))
                        .thenComparing(each -> each.address().port()))
                .toList();
    }

    private static boolean isUsualPort(ProbeAttempt attempt) {
        Driver match = attempt.match();
        return match != null && match.defaultPort() == attempt.address().port();
    }

    private static String driver(ProbeAttempt attempt) {
        Driver match = attempt.match();
        return match == null ? "" : match.id();
    }

    /** 9 comes before 10. */
    static String sortKey(String host) {
        return Stream.of(host.split("\\.", -1))
                .map(part -> "0".repeat(Math.max(0, 3 - part.length())) + part)
                .reduce("", String::concat);
    }
}
