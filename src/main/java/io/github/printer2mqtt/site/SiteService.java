package io.github.printer2mqtt.site;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The other sites, for HTTP. Safe for every thread; reading never blocks. */
public interface SiteService {
    /** In the order of the configuration; none if none is configured. */
    List<Site> sites();

    /** The fleet of each site, in the same order; empty ones before the start. */
    List<CombinedFleet.Part> fleets();

    /** The open alerts of all sites; the same list as long as no alert opens or clears. */
    List<Alert> openAlerts();

    /** Adds a listener for every alert of a site that opens or clears from now on; it must not block. */
    void addAlertListener(Consumer<Alert.Change> listener);

    /**
     * Sends a command to the bridge of a site, once, and completes when that bridge has responded that it was done. Fails with
     * {@link SiteRequestException}.
     *
     * @param site one of {@link #sites()}
     */
    Future<Void> execute(String site, PrinterId printer, Verb verb, JsonObject arguments);

    /** Acknowledges an alert at the bridge of its site. As {@link #execute}. */
    Future<Void> acknowledge(String site, PrinterId printer, AlertCode code);

    /**
     * One site.
     *
     * @param printers how many are shown
     * @param reachable whether its bridge can be reached
     */
    record Site(String name, String baseTopic, int printers, boolean reachable) {}

    /** The site with a name; null if none has it. */
    default @Nullable Site find(String name) {
        return sites().stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
