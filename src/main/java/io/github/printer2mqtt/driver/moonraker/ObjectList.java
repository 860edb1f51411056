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
 * Knows which objects a Klipper has. Asks once a session, and again when Klipper has restarted, since its configuration
 * may be another one then. Belongs to the session's event loop.
 */
final class ObjectList {
    /** A printer's clock may be corrected by this much; a restart of the microcontroller sets it back to 0. */
    private static final double CLOCK_CORRECTION_SECONDS = 1;

    private final PrinterRequest request;

    private @Nullable KlipperObjects known;

    /** Whether Klipper was not ready since the list was read. */
    private boolean isOutdated;

    private @Nullable Double clock;

    private Set<Capability> missing = Set.of();

    ObjectList(Map<String, String> headers) {
        this.request = PrinterRequest.get("/printer/objects/list", headers);
    }

    /** The list, asked for if it is not known. A server that has none is asked for the usual objects. */
    Future<KlipperObjects> read(Exchange exchange) {
        KlipperObjects read = known;
        return read == null ? exchange.send(request).map(this::keep) : Future.succeededFuture(read);
    }

    private KlipperObjects keep(PrinterResponse response) {
        List<String> names =
                HttpStatusFailure.isSuccess(response) ? LenientJson.ofBody(response).texts("result", "objects") : List.of();
        KlipperObjects read = names.isEmpty() ? KlipperObjects.usual() : KlipperObjects.of(names);
        known = read;
        return read;
    }

    /** Takes notice of an answer. */
    void onStatus(LenientJson status) {
        Double now = status.number("toolhead", "estimated_print_time");
        boolean isSetBack = now != null && clock != null && now < clock - CLOCK_CORRECTION_SECONDS;
        clock = now;
        if (!MoonrakerMapper.isReady(status)) {
            isOutdated = true;
        } else if (isOutdated || isSetBack) {
            isOutdated = false;
            known = null;
        } else if (known != null) {
            missing = known.missing();
        }
    }

    /** What the printer is not set up for, by the last list of a Klipper that was ready: others are incomplete. */
    Set<Capability> missing() {
        return missing;
    }

    /** Takes notice that Klipper did not answer. */
    void onNoStatus() {
        isOutdated = true;
    }
}
