package io.github.printer2mqtt.site;

import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.fleet.MirroredFleet;
import io.github.printer2mqtt.json.SiteDocuments;
import io.github.printer2mqtt.json.SiteDocuments.UnreadableDocumentException;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the bridge of one site publishes, mirrored. A printer is shown with the values of its last status; while the site cannot be
 * reached, or the newest status cannot be read, it is shown as not online with the reason, and keeps them. Nothing is published.
 *
 * <p>Belongs to the context of its owner, except where a method says otherwise.
 */
public final class MirroredSite {
    private static final Logger LOG = LoggerFactory.getLogger(MirroredSite.class);

    /** As many as one bridge is known to poll. */
    static final int MAX_PRINTERS = 10_000;

    /** A status with 20 problems and 32 filaments has half of it. */
    static final int MAX_DOCUMENT_BYTES = 32 * 1024;

    /** The registrations of {@link #MAX_PRINTERS} fit. */
    static final int MAX_LIST_BYTES = 8 << 20;

    private final SiteConfig config;
    private final SiteAlerts alerts;
    private final SiteReachability reachability;
    private final MirroredFleet fleet = new MirroredFleet();
    private final Map<PrinterId, Received> received = new HashMap<>();

    /** Null until known. */
    private @Nullable Set<PrinterId> registered;

    /** Alerts that are open for us, of which the broker has not said so on this connection. */
    private final Set<Alert> unconfirmed = new HashSet<>();

    /** Of the nodes of this site, since it can be reached. */
    private long newestEpoch;

    private boolean rejectionLogged;
    private volatile boolean reachable;
    private final AtomicLong rejected = new AtomicLong();

    /** @param isReadable whether the newest message was a status; the values are those of the last one that was */
    private record Received(Status status, boolean isReadable) {}

    MirroredSite(SiteConfig config, SiteAlerts alerts, LongSupplier monotonicNanos) {
        this.config = config;
        this.alerts = alerts;
        this.reachability = new SiteReachability(monotonicNanos);
    }

    public SiteConfig config() {
        return config;
    }

    /** Its printers. May be called on any thread. */
    public MirroredFleet fleet() {
        return fleet;
    }

    /** Whether commands can reach its bridge. May be called on any thread. */
    public boolean isReachable() {
        return reachable;
    }

    /** Messages since start that could not be used. May be called on any thread. */
    long rejected() {
        return rejected.get();
    }

    /** Our broker can be reached, and everything that it has retained of the site will follow. */
    public void onConnected() {
        reachability.onConnected();
        rejectionLogged = false;
        unconfirmed.clear();
        alerts.open().stream()
                .filter(alert -> config.name().equals(alert.site()))
                .forEach(unconfirmed::add);
        check();
    }

    /** Our broker cannot be reached. */
    public void onDisconnected() {
        reachability.onDisconnected();
        check();
    }

    /** What the broker had retained has arrived: an alert that was not among it has cleared while nobody listened. */
    public void onReplayed() {
        unconfirmed.forEach(alert -> alerts.remove(alert.key(), alert.code()));
        unconfirmed.clear();
    }

    /** The site's bridge has published something just now; {@link #check} may follow later. */
    public void onHeard() {
        reachability.onHeard();
        if (!reachable) {
            check();
        }
    }

    /** To be called every few seconds, because silence is no message. */
    public void check() {
        boolean now = reachability.isReachable();
        if (now != reachable) {
            reachable = now;
            if (now) {
                LOG.info("the site {} can be reached", config.name());
            } else {
                newestEpoch = 0;
                LOG.warn("the site {} cannot be reached; its printers keep their last values", config.name());
            }
            List.copyOf(received.keySet()).forEach(this::show);
        }
    }

    /** {@code bridge/state}; empty where it was cleared. */
    public void onBridgeState(byte[] document) {
        use(document, MAX_DOCUMENT_BYTES, () -> {
            reachability.onState(document.length > 0 && SiteDocuments.isOnline(document));
            check();
        });
    }

    /** {@code bridge/printers}. */
    public void onPrinters(byte[] document) {
        use(document, MAX_LIST_BYTES, () -> {
            Set<PrinterId> ids = document.length == 0 ? null : SiteDocuments.printers(document);
            registered = ids;
            List.copyOf(received.keySet()).forEach(this::show);
            if (ids != null) {
                alerts.retain(config.name(), ids::contains);
            }
        });
    }

    /** {@code printers/<id>/state}; empty for a removed printer. */
    public void onStatus(PrinterId printer, byte[] document) {
        if (document.length == 0) {
            received.remove(printer);
            fleet.remove(printer);
            return;
        }
        boolean isUsed = use(document, MAX_DOCUMENT_BYTES, () -> {
            Status status = SiteDocuments.status(key(printer), document);
            if (isOfEarlierTerm(status.source())) {
                return;
            }
            if (received.size() >= MAX_PRINTERS && !received.containsKey(printer)) {
                reject("found more than " + MAX_PRINTERS + " printers");
            } else {
                received.put(printer, new Received(status, true));
            }
        });
        if (!isUsed) {
            received.computeIfPresent(printer, (id, known) -> new Received(known.status(), false));
        }
        show(printer);
    }

    /** Whether a node made a status after another one had taken its place. */
    private boolean isOfEarlierTerm(Status.@Nullable Source source) {
        if (source == null) {
            return false;
        }
        if (source.epoch() < newestEpoch) {
            return true;
        }
        newestEpoch = source.epoch();
        return false;
    }

    /** {@code printers/<id>/alert/<code>}; empty for a cleared alert. */
    public void onAlert(PrinterId printer, AlertCode code, byte[] document) {
        unconfirmed.removeIf(alert -> alert.printer().equals(printer) && alert.code() == code);
        if (document.length == 0) {
            alerts.remove(key(printer), code);
        } else if (isRegistered(printer)) {
            use(document, MAX_DOCUMENT_BYTES, () -> alerts.put(SiteDocuments.alert(key(printer), code, document)));
        }
    }

    /** {@code printers/<id>/event}. */
    public void onEvent(PrinterId printer, byte[] document) {
        use(document, MAX_DOCUMENT_BYTES, () -> {
            PrinterEvent event = SiteDocuments.event(printer, document);
            if (event != null && fleet.snapshot().find(printer) != null) {
                fleet.pass(event);
            }
        });
    }

    /** Registered printers of which no status has arrived, at most so many. */
    public List<PrinterId> missing(int most) {
        Set<PrinterId> known = registered;
        return known == null
                ? List.of()
                : known.stream()
                        .filter(printer -> !received.containsKey(printer))
                        .limit(most)
                        .toList();
    }

    private boolean isRegistered(PrinterId printer) {
        Set<PrinterId> known = registered;
        return known == null
                ? received.containsKey(printer) || received.size() < MAX_PRINTERS
                : known.contains(printer);
    }

    /** A status that a broker has kept of a printer that its bridge does not know is not shown. */
    private void show(PrinterId printer) {
        Received known = received.get(printer);
        if (known == null || (registered != null && !registered.contains(printer))) {
            fleet.remove(printer);
        } else if (!reachable) {
            fleet.mirror(known.status().unrenewed(FailureReason.SITE_UNREACHABLE));
        } else if (!known.isReadable()) {
            fleet.mirror(known.status().unrenewed(FailureReason.UNREADABLE));
        } else {
            fleet.mirror(known.status());
        }
    }

    private PrinterKey key(PrinterId printer) {
        return new PrinterKey(config.name(), printer);
    }

    private boolean use(byte[] document, int maxBytes, Runnable reader) {
        if (document.length > maxBytes) {
            reject("found more than " + maxBytes + " bytes");
            return false;
        }
        try {
            reader.run();
            return true;
        } catch (UnreadableDocumentException e) {
            reject(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void reject(String reason) {
        rejected.incrementAndGet();
        if (!rejectionLogged) {
            rejectionLogged = true;
            LOG.warn(
                    "a message of the site {} is ignored, and further ones will not be logged: {}",
                    config.name(),
                    reason);
        }
    }
}
