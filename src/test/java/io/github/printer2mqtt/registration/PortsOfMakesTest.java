package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code auto} at an address without a port: a driver of the usual ports, and two with one port of their own. */
@Timeout(30)
class PortsOfMakesTest {
    private final FakePrinterNetwork network = new FakePrinterNetwork();
    private final DriverDetector detector = new DriverDetector(
            List.of(
                    network.driver("octoprint", 5000, 20),
                    network.driverOfOnePort("bambu", 8883),
                    network.driverOfOnePort("creality", 9999)),
            network,
            new AddressPolicy(Loopback.REFUSED, Set::of));

    private List<ProbeAttempt> detect(String address) {
        return done(detector.detect(AddressText.parse(address), null));
    }

    @Test
    void printerAtThePortOfItsMakeIsRecognisedByItsDriverOnly() {
        network.drivers.put("http://192.0.2.20:8883", List.of("bambu"));

        List<ProbeAttempt> attempts = detect("192.0.2.20");

        assertThat(ProbeAttempt.best(attempts))
                .hasValueSatisfying(best -> assertThat(best.address().port()).isEqualTo(8883));
        assertThat(attempts).extracting(each -> each.address().port()).containsExactly(443, 5000, 8080, 8883, 9999);
        assertThat(network.probed)
                .contains("bambu@8883", "creality@9999")
                .doesNotContain("octoprint@8883", "octoprint@9999", "creality@8883");
    }

    @Test
    void printerThatIsRecognisedAtAUsualPortGetsNoFurtherConnections() {
        network.drivers.put("http://192.0.2.20:5000", List.of("octoprint"));
        network.drivers.put("http://192.0.2.20:9999", List.of("creality"));

        List<ProbeAttempt> attempts = detect("192.0.2.20");

        assertThat(ProbeAttempt.best(attempts))
                .hasValueSatisfying(best -> assertThat(best.address().port()).isEqualTo(5000));
        assertThat(network.probed).doesNotContain("bambu@8883", "creality@9999");
    }

    @Test
    void portThatTheUserNamesIsTheOnlyOne() {
        assertThat(detect("192.0.2.20:8081"))
                .extracting(each -> each.address().port())
                .containsExactly(8081);
    }
}
