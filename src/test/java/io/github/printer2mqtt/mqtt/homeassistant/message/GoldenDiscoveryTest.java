package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages equal the golden files key by key, because released ids must not change. After an intended change, copy the
 * new message from {@code target/golden}.
 */
class GoldenDiscoveryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/mqtt/homeassistant");
    private static final DiscoveryPlan PLAN = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);

    static List<String> protocols() {
        return RegisteredDrivers.ids();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void printerMessageMatchesTheGoldenFile(String protocol) throws IOException {
        ObservedHardware hardware = protocol.equals("prusalink")
                ? new ObservedHardware(1, false, false)
                : new ObservedHardware(2, true, true);
        PrinterFacts facts = DiscoveryFixture.withModel(
                DiscoveryFixture.facts("mk4-left", RegisteredDrivers.of(protocol))
                        .with(hardware),
                "MK4");

        expect(protocol, PLAN.printer(facts));
    }

    /** Fields that no driver with a golden file of its own reports have their entities here. */
    @Test
    void messageWithAllFieldsMatchesTheGoldenFile() throws IOException {
        PrinterFacts facts = DiscoveryFixture.facts("mk4-left", RegisteredDrivers.of("moonraker"))
                .with(new ObservedHardware(2, true, true));

        expect("all-fields", DiscoveryFixture.withThumbnails(PLAN).printer(DiscoveryFixture.withAllFields(facts)));
    }

    @Test
    void bridgeMessageMatchesTheGoldenFile() throws IOException {
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
