package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.site.SiteService;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Our own alerts and those of other sites as one list. Thread-safe. */
public final class CombinedAlerts implements AlertService {
    private final AlertService own;
    private final SiteService sites;
    private volatile Combined combined = new Combined(List.of(), List.of(), List.of());

    /** @param all {@code own} and {@code mirrored} */
    private record Combined(List<Alert> own, List<Alert> mirrored, List<Alert> all) {}

    public CombinedAlerts(AlertService own, SiteService sites) {
        this.own = own;
        this.sites = sites;
    }

    /** Our own first. As the lists that it is made of, the same list as long as no alert opens or clears. */
    @Override
    public List<Alert> open() {
        List<Alert> ofOwn = own.open();
        List<Alert> mirrored = sites.openAlerts();
        if (mirrored.isEmpty()) {
            return ofOwn;
        }
        Combined known = combined;
        if (known.own() != ofOwn || known.mirrored() != mirrored) {
            List<Alert> all = new ArrayList<>(ofOwn);
            all.addAll(mirrored);
            known = new Combined(ofOwn, mirrored, List.copyOf(all));
            combined = known;
        }
        return known.all();
    }

    @Override
    public void addListener(Consumer<Alert.Change> listener) {
        own.addListener(listener);
        sites.addAlertListener(listener);
    }

    /** Of one of our own printers. */
    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        return own.acknowledge(printer, code);
    }
}
