package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.homeassistant.message.ObservedHardware;
import io.github.printer2mqtt.mqtt.homeassistant.message.PrinterFacts;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Announces a device for each printer and one for the bridge, updates them as statuses show more, and removes those
 * that are no longer wanted.
 *
 * <p>Belongs to the context of {@code MqttVerticle}.
 */
final class DiscoveryPublisher {
    private final DiscoveryPlan plan;
    private final Function<String, Set<TelemetryField>> telemetry;
    private final MqttTimings timings;
    private final DeviceAnnouncement.Environment environment;
    private final Map<PrinterId, Printer> registered = new HashMap<>();
    private final Map<PrinterId, PrinterFacts> facts = new HashMap<>();
    private final Map<String, DeviceAnnouncement> devices = new HashMap<>();

    DiscoveryPublisher(
            DiscoveryPlan plan,
            Function<String, Set<TelemetryField>> telemetry,
            MqttTimings timings,
            DeviceAnnouncement.Environment environment) {
        this.plan = plan;
        this.telemetry = telemetry;
        this.timings = timings;
        this.environment = environment;
    }

    /**
     * Must be called once, before anything else.
     *
     * @param notes stored by earlier runs, by topic; topics outside discovery are ignored
     */
    void start(Map<String, String> notes) {
        notes.forEach((text, note) -> {
            Topic topic = DiscoveryPlan.parseTopic(text);
            String device = DiscoveryPlan.deviceOf(text);
            if (topic != null && device != null) {
                device(device).restore(topic, KnownComponents.parse(note));
            }
        });
        if (plan.isOn()) {
            device(plan.bridgeDevice()).setWanted(plan.bridgeMessages());
        }
    }

    /** Whether all devices are announced on these topics only. */
    boolean isLimitedTo(Set<String> topics) {
        return devices.values().stream().allMatch(device -> device.isWantedOnlyOn(topics));
    }

    /** Removes devices of earlier runs that are not wanted; must be called after all printers were compared. */
    void removeUnwanted() {
        List.copyOf(devices.values()).stream()
                .filter(device -> !device.isWanted())
                .forEach(DeviceAnnouncement::resume);
    }

    void onAcknowledged(Value value) {
        String key = DiscoveryPlan.deviceOf(value.topic().text());
        DeviceAnnouncement device = key == null ? null : devices.get(key);
        if (device != null) {
            device.onAcknowledged(value);
        }
    }

    /** Called after {@link DeviceAnnouncement.Environment#resumeAfter}. */
    void resume(DeviceAnnouncement device) {
        device.resume();
        if (!device.isWanted() && device.isFinished()) {
            devices.values().remove(device);
        }
    }

    private DeviceAnnouncement device(String key) {
        return devices.computeIfAbsent(key, fresh -> new DeviceAnnouncement(environment, timings.settle()));
    }

    /**
     * Compares registrations with the last call, up to a number of new or changed ones.
     *
     * @param status of a printer; null if it is not monitored
     * @param limit how many new or changed registrations to process
     * @return whether there are more
     */
    boolean compare(List<Registration> all, Function<PrinterId, @Nullable Status> status, int limit) {
        Set<PrinterId> before = new HashSet<>(registered.keySet());
        int processed = 0;
        for (Registration each : all) {
            Printer printer = each.printer();
            before.remove(printer.id());
            if (processed > limit || printer.equals(registered.get(printer.id()))) {
                continue;
            }
            processed++;
            if (processed <= limit) {
                registered.put(printer.id(), printer);
                Status now = status.apply(printer.id());
                if (now != null) {
                    onStatus(now);
                }
            }
        }
        before.forEach(this::remove);
        return processed > limit;
    }

    /** Announces the device again if the status shows something new. */
    void onStatus(Status status) {
        Printer printer = registered.get(status.id());
        if (printer == null || !plan.isOn()) {
            return;
        }
        PrinterFacts before = facts.get(status.id());
        PrinterFacts now = facts(before, printer, status);
        if (!now.equals(before)) {
            facts.put(status.id(), now);
            device(plan.device(printer.id())).setWanted(plan.messages(now));
        }
    }

    /** Removes the device of a printer that is no longer registered. */
    void remove(PrinterId printer) {
        registered.remove(printer);
        facts.remove(printer);
        DeviceAnnouncement device = devices.get(plan.device(printer));
        if (device != null) {
            device.setWanted(List.of());
        }
    }

    private ObservedHardware observedBefore(PrinterId printer) {
        DeviceAnnouncement device = devices.get(plan.device(printer));
        return device == null ? ObservedHardware.unknown() : ObservedHardware.of(device.known());
    }

    private static boolean isSameMachine(Printer before, Printer now) {
        return before.driver().equals(now.driver()) && before.address().equals(now.address());
    }

    /** An offline printer reports neither model nor hardware, so both are kept while the machine is the same. */
    private PrinterFacts facts(@Nullable PrinterFacts before, Printer printer, Status status) {
        PrinterFacts known = before != null && isSameMachine(before.printer(), printer) ? before : null;
        ObservedHardware hardware = known != null
                ? known.hardware()
                : before == null ? observedBefore(printer.id()) : ObservedHardware.unknown();
        return new PrinterFacts(
                printer,
                status.model() == null && known != null ? known.model() : status.model(),
                status.capabilities(),
                telemetry.apply(printer.driver()),
                hardware.plusSeenIn(status));
    }
}
