package io.github.printer2mqtt.site;

import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The configured sites and how requests reach them. Thread-safe. */
public final class MirroredSites implements SiteService {
    private final List<MirroredSite> sites;
    private final SiteAlerts alerts;
    private volatile Requests requests = new NoRequests();

    private MirroredSites(List<MirroredSite> sites, SiteAlerts alerts) {
        this.sites = sites;
        this.alerts = alerts;
    }

    /** Sends requests to the bridges of sites. Safe for every thread. */
    public interface Requests {
        /** As {@link SiteService#execute}. */
        Future<Void> execute(MirroredSite site, PrinterId printer, Verb verb, JsonObject arguments);

        /** As {@link SiteService#acknowledge}. */
        Future<Void> acknowledge(MirroredSite site, PrinterId printer, AlertCode code);
    }

    /** @param monotonicNanos for silence */
    public static MirroredSites of(List<SiteConfig> configured, LongSupplier monotonicNanos) {
        SiteAlerts alerts = new SiteAlerts();
        return new MirroredSites(
                configured.stream()
                        .map(site -> new MirroredSite(site, alerts, monotonicNanos))
                        .toList(),
                alerts);
    }

    /** Without metrics of sites where there are none. */
    public void register(MetricsRegistry metrics) {
        if (sites.isEmpty()) {
            return;
        }
        GaugeWithCallback.builder()
                .name("printer2mqtt_site_reachable")
                .help("Whether the bridge of a site can be reached, 1 or 0.")
                .labelNames("site")
                .callback(callback -> sites.forEach(site ->
                        callback.call(site.isReachable() ? 1 : 0, site.config().name())))
                .register(metrics.prometheus());
        GaugeWithCallback.builder()
                .name("printer2mqtt_site_printers")
                .help("Printers shown of a site.")
                .labelNames("site")
                .callback(callback -> sites.forEach(site -> callback.call(
                        site.fleet().snapshot().size(), site.config().name())))
                .register(metrics.prometheus());
        CounterWithCallback.builder()
                .name("printer2mqtt_site_rejected_messages_total")
                .help("Messages of a site that could not be used.")
                .labelNames("site")
                .callback(callback -> sites.forEach(site ->
                        callback.call((double) site.rejected(), site.config().name())))
                .register(metrics.prometheus());
    }

    /** The mirrors, which belong to the context of what feeds them. */
    public List<MirroredSite> mirrors() {
        return sites;
    }

    /** From now on, requests are sent by this. */
    public void sendBy(Requests sender) {
        requests = sender;
    }

    @Override
    public List<Site> sites() {
        return sites.stream()
                .map(site -> new Site(
                        site.config().name(),
                        site.config().baseTopic(),
                        site.fleet().snapshot().size(),
                        site.isReachable()))
                .toList();
    }

    @Override
    public List<CombinedFleet.Part> fleets() {
        return sites.stream()
                .map(site -> new CombinedFleet.Part(site.config().name(), site.fleet()))
                .toList();
    }

    @Override
    public List<Alert> openAlerts() {
        return alerts.open();
    }

    @Override
    public void addAlertListener(Consumer<Alert.Change> listener) {
        alerts.addListener(listener);
    }

    @Override
    public Future<Void> execute(String site, PrinterId printer, Verb verb, JsonObject arguments) {
        return requests.execute(mirror(site), printer, verb, arguments);
    }

    @Override
    public Future<Void> acknowledge(String site, PrinterId printer, AlertCode code) {
        return requests.acknowledge(mirror(site), printer, code);
    }

    private MirroredSite mirror(String name) {
        return sites.stream()
                .filter(site -> Objects.equals(site.config().name(), name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no site " + name));
    }

    /** Before our broker was joined for the first time. */
    private static final class NoRequests implements Requests {
        @Override
        public Future<Void> execute(MirroredSite site, PrinterId printer, Verb verb, JsonObject arguments) {
            return refused();
        }

        @Override
        public Future<Void> acknowledge(MirroredSite site, PrinterId printer, AlertCode code) {
            return refused();
        }

        private static Future<Void> refused() {
            return Future.failedFuture(
                    new SiteRequestException(SiteRequestException.SITE_UNREACHABLE, "the bridge is starting"));
        }
    }
}
