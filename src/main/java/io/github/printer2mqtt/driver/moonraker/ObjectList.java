package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of Klipper's objects once per session, and again after a restart of Klipper, which may have changed its
 * configuration. Belongs to the session's event loop.
 */
final class ObjectList {
    /** Klipper's clock may be corrected by this much; a restart of the microcontroller resets it to 0. */
    private static final double CLOCK_CORRECTION_SECONDS = 1;

    private final PrinterRequest request;

    private @Nullable KlipperObjects known;

    /** Whether Klipper was not ready at some time since the list was read. */
    private boolean isOutdated;

    private @Nullable Double clock;

    private Set<Capability> missing = Set.of();

    ObjectList(Map<String, String> headers) {
        this.request = PrinterRequest.get("/printer/objects/list", headers);
    }

    /** The list, requested if unknown; the usual objects if the server has no list. */
    Future<KlipperObjects> read(Exchange exchange) {
        KlipperObjects read = known;
        return read == null ? exchange.send(request).map(this::keep) : Future.succeededFuture(read);
    }

    private KlipperObjects keep(PrinterResponse response) {
        List<String> names = HttpStatusFailure.isSuccess(response)
                ? LenientJson.ofBody(response).texts("result", "objects")
                : List.of();
        KlipperObjects read = names.isEmpty() ? KlipperObjects.usual() : KlipperObjects.of(names);
        known = read;
        return read;
    }

    void onStatus(LenientJson status) {
        Double now = status.number("toolhead", "estimated_print_time");
        boolean isReset = now != null && clock != null && now < clock - CLOCK_CORRECTION_SECONDS;
        clock = now;
        if (!MoonrakerMapper.isReady(status)) {
            isOutdated = true;
        } else if (isOutdated || isReset) {
            isOutdated = false;
            known = null;
        } else if (known != null) {
            missing = known.missing();
        }
    }

    /** Capabilities that the printer lacks. Only a list from a ready Klipper counts, others are incomplete. */
    Set<Capability> missing() {
        return missing;
    }

    /** A poll failed: Klipper may have restarted. */
    void onNoStatus() {
        isOutdated = true;
    }
}
