package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.Driver.Identity;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import io.github.printer2mqtt.registration.discovery.LanSearch.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes one list of what the scan found and what announced itself. Pure. */
final class FoundPrinters {
    private FoundPrinters() {}

    /** @return by address; none is registered */
    static List<FoundPrinter> of(List<ProbeAttempt> scanned, List<Sighting> sightings) {
        List<FoundPrinter> found = new ArrayList<>();
        for (ProbeAttempt attempt : scanned) {
            Driver match = attempt.match();
            if (match != null) {
                found.add(new FoundPrinter(
                        match.id(),
                        attempt.address(),
                        attempt.answer(),
                        null,
                        attempt.identity(),
                        List.of(DiscoveryReport.SCAN),
                        true,
                        attempt.certificate(),
                        null));
            }
        }
        // The confirmed first, so that an announcement that nothing confirms never stands for them.
        sightings.stream()
                .sorted(Comparator.comparing(each -> !each.isConfirmed()))
                .forEach(each -> add(each, found));
        return found.stream()
                .sorted(Comparator.comparing((FoundPrinter each) ->
                                NetworkScan.sortKey(each.address().host()))
                        .thenComparing(each -> each.address().port()))
                .toList();
    }

    private static void add(Sighting sighting, List<FoundPrinter> found) {
        for (int i = 0; i < found.size(); i++) {
            if (isSame(found.get(i), sighting)) {
                found.set(i, merged(found.get(i), sighting));
                return;
            }
        }
        found.add(new FoundPrinter(
                sighting.driver().id(),
                sighting.attempt().address(),
                sighting.attempt().answer(),
                emptyToNull(sighting.announcement().name()),
                identity(sighting.attempt().identity(), sighting),
                sighting.sources(),
                sighting.isConfirmed(),
                sighting.attempt().certificate(),
                null));
    }

    /**
     * A machine may have the same server at several usual ports, of which one is listed; a server at another port is another one, such
     * as a second OctoPrint.
     */
    private static boolean isSame(FoundPrinter known, Sighting sighting) {
        PrinterAddress address = sighting.attempt().address();
        return known.driver().equals(sighting.driver().id())
                && known.address().host().equals(address.host())
                && (known.address().port() == address.port() || isUsualPort(sighting.driver(), address.port()));
    }

    private static boolean isUsualPort(Driver driver, int port) {
        return driver.defaultPort() == port || driver.candidatePorts().contains(port);
    }

    private static FoundPrinter merged(FoundPrinter known, Sighting sighting) {
        TreeSet<String> sources = new TreeSet<>(known.sources());
        sources.addAll(sighting.sources());
        String name = known.name();
        return new FoundPrinter(
                known.driver(),
                known.address(),
                known.evidence(),
                name == null ? emptyToNull(sighting.announcement().name()) : name,
                identity(known.identity(), sighting),
                List.copyOf(sources),
                known.isConfirmed(),
                known.fingerprint(),
                null);
    }

    /** What the driver found comes before what is announced. */
    private static Identity identity(Identity found, Sighting sighting) {
        String model = found.model();
        String serial = found.serialNumber();
        return new Identity(
                model == null ? sighting.announcement().model() : model,
                serial == null ? sighting.announcement().serialNumber() : serial);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
