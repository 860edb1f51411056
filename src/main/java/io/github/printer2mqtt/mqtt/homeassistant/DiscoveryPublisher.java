package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.Equipment;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
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
 * Has a device announced for each printer and one for the bridge, as the printers show what they have, and takes those
 * back that are no more.
 *
 * <p>Belongs to the context of {@code MqttVerticle}.
 */
final class DiscoveryPublisher {
    private final DiscoveryPlan plan;
    private final Function<String, Set<TelemetryField>> telemetry;
    private final MqttTimings times;
    private final DeviceAnnouncement.Desk desk;
    private final Map<PrinterId, Printer> registered = new HashMap<>();
    private final Map<PrinterId, PrinterFacts> facts = new HashMap<>();
    private final Map<String, DeviceAnnouncement> devices = new HashMap<>();

    DiscoveryPublisher(
            DiscoveryPlan plan,
            Function<String, Set<TelemetryField>> telemetry,
            MqttTimings times,
            DeviceAnnouncement.Desk desk) {
        this.plan = plan;
        this.telemetry = telemetry;
        this.times = times;
        this.desk = desk;
    }

    /**
     * Takes what is remembered of earlier runs; called once, before anything else.
     *
     * @param notes what was written down, by topic; topics that are none of discovery are left alone
     */
    void begin(Map<String, String> notes) {
        notes.forEach((text, note) -> {
            Topic topic = DiscoveryPlan.remembered(text);
            String device = DiscoveryPlan.deviceOf(text);
            if (topic != null && device != null) {
                device(device).remember(topic, KnownComponents.parse(note));
            }
        });
        if (plan.isOn()) {
            device(plan.bridgeDevice()).want(plan.bridgeMessages());
        }
    }

    /** Takes back what was announced by an earlier run and is not wanted; called when all printers were looked at. */
    void clearGone() {
        List.copyOf(devices.values()).stream()
                .filter(device -> !device.isWanted())
                .forEach(DeviceAnnouncement::goOn);
    }

    void onAcknowledged(Value value) {
        String key = DiscoveryPlan.deviceOf(value.topic().text());
        DeviceAnnouncement device = key == null ? null : devices.get(key);
        if (device != null) {
            device.onAcknowledged(value);
        }
    }

    /** What {@link DeviceAnnouncement.Desk#later} asked for. */
    void goOn(DeviceAnnouncement device) {
        device.goOn();
        if (!device.isWanted() && device.isOver()) {
            devices.values().remove(device);
        }
    }

    private DeviceAnnouncement device(String key) {
        return devices.computeIfAbsent(key, fresh -> new DeviceAnnouncement(desk, times.settle()));
    }

    /**
     * Takes the registrations as they are now, but no more new ones than may be.
     *
     * @param status of a printer; null if it is not watched
     * @param most how many new or changed ones to look at
     * @return whether there are more
     */
    boolean compare(List<Registration> all, Function<PrinterId, @Nullable Status> status, int most) {
        Set<PrinterId> before = new HashSet<>(registered.keySet());
        int looked = 0;
        for (Registration each : all) {
            Printer printer = each.printer();
            before.remove(printer.id());
            if (looked > most || printer.equals(registered.get(printer.id()))) {
                continue;
            }
            looked++;
            if (looked <= most) {
                registered.put(printer.id(), printer);
                Status now = status.apply(printer.id());
                if (now != null) {
                    look(now);
                }
            }
        }
        before.forEach(this::remove);
        return looked > most;
    }

    /** Looks whether a status shows something that is to be announced. */
    void look(Status status) {
        Printer printer = registered.get(status.id());
        if (printer == null || !plan.isOn()) {
            return;
        }
        PrinterFacts before = facts.get(status.id());
        PrinterFacts now = before != null && isSameMachine(before.printer(), printer)
                ? later(before, printer, status)
                : first(printer, status, before == null ? remembered(printer.id()) : Equipment.unknown());
        if (!now.equals(before)) {
            facts.put(status.id(), now);
            device(plan.device(printer.id())).want(plan.messages(now));
        }
    }

    /** Takes a printer out that is not registered any more. */
    void remove(PrinterId printer) {
        registered.remove(printer);
        facts.remove(printer);
        DeviceAnnouncement device = devices.get(plan.device(printer));
        if (device != null) {
            device.want(List.of());
        }
    }

    private Equipment remembered(PrinterId printer) {
        DeviceAnnouncement device = devices.get(plan.device(printer));
        return device == null ? Equipment.unknown() : Equipment.of(device.known());
    }

    private static boolean isSameMachine(Printer before, Printer now) {
        return before.driver().equals(now.driver()) && before.address().equals(now.address());
    }

    private PrinterFacts first(Printer printer, Status status, Equipment equipment) {
        return new PrinterFacts(
                printer,
                status.model(),
                status.capabilities(),
                telemetry.apply(printer.driver()),
                equipment.seenIn(status));
    }

    /** A printer that is offline shows neither what it has nor what it is; that is no news. */
    private static PrinterFacts later(PrinterFacts before, Printer printer, Status status) {
        Equipment equipment = before.equipment().seenIn(status);
        String model = status.model() == null ? before.model() : status.model();
        return new PrinterFacts(printer, model, status.capabilities(), before.telemetry(), equipment);
    }
}
