package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The messages are, key by key, those of the files: released ids do not change. After a change that is meant, the new
 * message is found in {@code target/golden}.
 */
class GoldenDiscoveryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/mqtt/homeassistant");
    private static final DiscoveryPlan PLAN = DiscoveryFleet.plan("printer2mqtt", DiscoveryFleet.ALL_VERBS);

    @ParameterizedTest
    @ValueSource(strings = {"moonraker", "octoprint", "prusalink"})
    void ofAPrinterAreAsReleased(String protocol) throws IOException {
        Driver driver = DiscoveryFleet.DRIVERS.stream()
                .filter(one -> one.id().equals(protocol))
                .findFirst()
                .orElseThrow();
        Equipment equipment =
                protocol.equals("prusalink") ? new Equipment(1, false, false) : new Equipment(2, true, true);
        PrinterFacts facts = DiscoveryFleet.withModel(
                DiscoveryFleet.facts("mk4-left", driver).with(equipment), "MK4");

        expect(protocol, PLAN.printer(facts));
    }

    @Test
    void ofTheBridgeAreAsReleased() throws IOException {
        expect("bridge", PLAN.bridge());
    }

    private static void expect(String name, DeviceMessage message) throws IOException {
        JsonObject announced = new JsonObject()
                .put("topic", message.topic().text())
                .put("payload", new JsonObject(Buffer.buffer(message.bytes())));
        Path target = Files.createDirectories(Path.of("target/golden")).resolve(name + ".json");
        Files.writeString(target, announced.encodePrettily() + "\n");
        assertThat(target).hasSameTextualContentAs(GOLDEN.resolve(name + ".json"));
    }
}
