package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.lan.Datagram;
import io.github.printer2mqtt.net.lan.LanExchange;
import io.github.printer2mqtt.net.lan.LanInterface;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.text.InvalidValueException;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the local networks for printers and probes the machines that answer. An announcement counts only as a hint to probe its own
 * sender with its own driver, if that is in a network of this machine. Belongs to the event loop of the registration service.
 */
public final class LanSearch {
    /** At most so many machines are probed, whatever is announced. */
    private static final int MAX_CANDIDATES = 128;

    private final List<Driver> drivers;
    private final LanExchange exchange;
    private final DriverDetector detector;
    private final AddressPolicy policy;
    private final Limits limits;
    private final LongSupplier nanos;

    /**
     * The limits of a search.
     *
     * @param probes at once
     * @param total for all probes; after it none is started
     */
    public record Limits(int probes, Duration total) {
        public static Limits usual() {
            return new Limits(8, Duration.ofSeconds(10));
        }
    }

    private record Answers(Driver driver, LanSource source, LanExchange.Result result) {}

    /** What the networks answered. */
    public static final class Heard {
        private final List<Candidate> candidates;
        private final List<String> problems;
        private final boolean isComplete;

        private Heard(List<Candidate> candidates, List<String> problems, boolean isComplete) {
            this.candidates = candidates;
            this.problems = problems;
            this.isComplete = isComplete;
        }

        static Heard nothing() {
            return new Heard(List.of(), List.of(), true);
        }
    }

    /**
     * What was found.
     *
     * @param problems why a network could not be asked, each one line
     * @param isComplete false if a limit was reached
     */
    public record Result(List<Sighting> sightings, List<String> problems, boolean isComplete) {}

    /**
     * A machine that announced itself as a printer.
     *
     * @param sources names of the {@link LanSource}s
     * @param attempt the probe of its driver
     */
    public record Sighting(Driver driver, Announcement announcement, List<String> sources, ProbeAttempt attempt) {
        /** Whether the driver recognised it. */
        public boolean isConfirmed() {
            return attempt.match() != null;
        }

        /** Without a serial number an announcement that nothing confirms says too little to be offered. */
        boolean isOffered() {
            return isConfirmed() || announcement.serialNumber() != null;
        }
    }

    /** A machine to probe. */
    private static final class Candidate {
        final Driver driver;
        final Announcement announcement;
        final PrinterAddress address;
        final TreeSet<String> sources = new TreeSet<>();

        Candidate(Driver driver, Announcement announcement, PrinterAddress address) {
            this.driver = driver;
            this.announcement = announcement;
            this.address = address;
        }
    }

    /** @param nanos monotonic time */
    public LanSearch(
            List<Driver> drivers,
            LanExchange exchange,
            DriverDetector detector,
            AddressPolicy policy,
            Limits limits,
            LongSupplier nanos) {
        this.drivers = drivers;
        this.exchange = exchange;
        this.detector = detector;
        this.policy = policy;
        this.limits = limits;
        this.nanos = nanos;
    }

    /** What the networks answered, not verified yet. Never fails; takes as long as the window of the exchange. */
    public Future<Heard> listen(List<LanInterface> interfaces) {
        List<Future<Answers>> answers = new ArrayList<>();
        for (Driver driver : drivers) {
            for (LanSource source : driver.lanSources()) {
                source.questions()
                        .forEach(question -> answers.add(
                                exchange.run(interfaces, question).map(result -> new Answers(driver, source, result))));
            }
        }
        return Future.all(answers).map(all -> heard(interfaces, all.list()));
    }

    private Heard heard(List<LanInterface> interfaces, List<Answers> answers) {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        boolean isWithinLimits = true;
        for (Answers each : answers) {
            for (Datagram datagram : each.result.datagrams()) {
                isWithinLimits &= collect(each, datagram, interfaces, candidates);
            }
            isWithinLimits &= each.result.isComplete();
        }
        List<String> problems = answers.stream()
                .flatMap(each -> each.result.problems().stream())
                .distinct()
                .toList();
        return new Heard(List.copyOf(candidates.values()), problems, isWithinLimits);
    }

    private boolean collect(
            Answers answers, Datagram datagram, List<LanInterface> interfaces, Map<String, Candidate> candidates) {
        if (interfaces.stream().noneMatch(own -> own.contains(datagram.sender()))) {
            return true;
        }
        boolean isWithinLimits = true;
        for (Announcement announcement : answers.source.reader().apply(datagram)) {
            PrinterAddress address = address(answers.driver, datagram.sender(), announcement);
            if (address == null || policy.refusal(address) != null) {
                continue;
            }
            String key = answers.driver.id() + " " + address;
            Candidate known = candidates.get(key);
            if (known == null && candidates.size() < MAX_CANDIDATES) {
                known = new Candidate(answers.driver, announcement, address);
                candidates.put(key, known);
            }
            if (known == null) {
                isWithinLimits = false;
            } else {
                known.sources.add(answers.source.name());
            }
        }
        return isWithinLimits;
    }

    /** Null if what is announced is no address. */
    private static @Nullable PrinterAddress address(Driver driver, InetAddress sender, Announcement announcement) {
        Integer port = announcement.port();
        String path = announcement.path();
        String prefix = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
        try {
            return AddressText.parse(
                            sender.getHostAddress() + ":" + (port == null ? driver.defaultPort() : port) + prefix)
                    .withDefaultPort(driver.defaultPort());
        } catch (InvalidValueException e) {
            return null;
        }
    }

    /**
     * Probes what was heard. Never fails.
     *
     * @param scanned what a scan has recognised; it is not probed again
     */
    public Future<Result> probe(Heard heard, List<ProbeAttempt> scanned) {
        List<Sighting> sightings = new ArrayList<>();
        long end = nanos.getAsLong() + limits.total.toNanos();
        return new BoundedLoop<>(
                        heard.candidates.iterator(),
                        limits.probes,
                        () -> nanos.getAsLong() - end >= 0,
                        each -> probe(each, scanned)
                                .onSuccess(attempt -> sightings.add(new Sighting(
                                        each.driver, each.announcement, List.copyOf(each.sources), attempt))))
                .run()
                .map(all -> new Result(
                        sightings.stream().filter(Sighting::isOffered).toList(),
                        heard.problems,
                        heard.isComplete && all));
    }

    private Future<ProbeAttempt> probe(Candidate candidate, List<ProbeAttempt> scanned) {
        for (ProbeAttempt attempt : scanned) {
            if (candidate.driver.equals(attempt.match()) && candidate.address.equals(attempt.address())) {
                return Future.succeededFuture(attempt);
            }
        }
        return detector.probe(candidate.address, List.of(candidate.driver), null);
    }
}
