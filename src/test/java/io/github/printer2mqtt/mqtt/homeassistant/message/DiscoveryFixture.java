package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Printers to announce and discovery plans. */
final class DiscoveryFixture {
    static final Set<Verb> ALL_VERBS = EnumSet.allOf(Verb.class);
    static final ObservedHardware CHAMBER = new ObservedHardware(1, true, true);

    private DiscoveryFixture() {}

    static DiscoveryPlan plan(String base, Set<Verb> verbs) {
        return plan(base, "homeassistant", verbs, Discovery.DEVICE);
    }

    static DiscoveryPlan plan(String base, String prefix, Set<Verb> verbs, Discovery discovery) {
        return new DiscoveryPlan(
                new Topics(base),
                new BridgeConfig.HomeAssistant(discovery, prefix),
                new CommandsConfig(verbs, Set.of()),
                "0.1.0");
    }

    /** A plan with every option. */
    static DiscoveryPlan withThumbnails(DiscoveryPlan plan) {
        return new DiscoveryPlan(
                plan.topics(),
                new BridgeConfig.HomeAssistant(
                        plan.config().discovery(), plan.config().prefix(), true),
                plan.commands(),
                plan.version());
    }

    static PrinterFacts facts(String id, Driver driver) {
        return facts(printer(id, "MK4 left", driver.id()), driver, driver.capabilities(), ObservedHardware.unknown());
    }

    static PrinterFacts facts(Printer printer, Driver driver, Set<Capability> capabilities, ObservedHardware hardware) {
        return new PrinterFacts(printer, null, capabilities, driver.telemetry(), hardware);
    }

    static PrinterFacts withModel(PrinterFacts facts, @Nullable String model) {
        return new PrinterFacts(facts.printer(), model, facts.capabilities(), facts.telemetry(), facts.hardware());
    }

    /** As of a driver that reports every field. */
    static PrinterFacts withAllFields(PrinterFacts facts) {
        return new PrinterFacts(
                facts.printer(),
                facts.model(),
                facts.capabilities(),
                EnumSet.allOf(TelemetryField.class),
                facts.hardware());
    }

    static Printer printer(String id, String name, String driver) {
        return TestPrinters.printer(new PrinterId(id), name, driver, "http://192.0.2.20");
    }

    static JsonObject json(DeviceMessage message) {
        return new JsonObject(Buffer.buffer(message.bytes()));
    }
}
