package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.homeassistant.DeviceMessage;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryStep;
import io.github.printer2mqtt.mqtt.homeassistant.Equipment;
import io.github.printer2mqtt.mqtt.homeassistant.KnownComponents;
import io.github.printer2mqtt.mqtt.homeassistant.PrinterFacts;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.Reported;
import io.github.printer2mqtt.printer.Status;
import io.github.printer2mqtt.registration.Registered;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a device for each printer and one for the bridge into the retained set, as the printers show what they have, and
 * takes those out that are no more. What Home Assistant may know is written down before it is told.
 *
 * <p>Belongs to the context of {@link MqttVerticle}.
 */
final class DiscoveryPublisher {
    private final DiscoveryPlan plan;
    private final Function<String, Set<Reported>> reports;
    private final RetainedTopics retained;
    private final AnnouncedTopics announced;
    private final Duration settle;
    private final Alarm alarm;
    private final LongSupplier nanoTime;
    private final Map<PrinterId, Printer> registered = new HashMap<>();
    private final Map<PrinterId, PrinterFacts> facts = new HashMap<>();
    private final Map<String, DeviceWay> ways = new HashMap<>();

    /** @param settle a pause after something was taken away */
    DiscoveryPublisher(
            DiscoveryPlan plan,
            Function<String, Set<Reported>> reports,
            RetainedTopics retained,
            AnnouncedTopics announced,
            Duration settle,
            Alarm alarm,
            LongSupplier nanoTime) {
        this.plan = plan;
        this.reports = reports;
        this.retained = retained;
        this.announced = announced;
        this.settle = settle;
        this.alarm = alarm;
        this.nanoTime = nanoTime;
    }

    /** Calls back later on the context of the verticle, and sends what was put then. */
    interface Alarm {
        void after(Duration delay, Runnable what);
    }

    /**
     * Takes what is remembered of earlier runs; called once, before anything else.
     *
     * @param notes what was written down, by topic; topics that are none of discovery are left alone
     */
    void begin(Map<String, String> notes) {
        notes.forEach((text, note) -> {
            Topic topic = DiscoveryPlan.remembered(text);
            if (topic != null) {
                ways.put(text, DeviceWay.remembered(topic, settle, KnownComponents.parse(note)));
            }
        });
        if (plan.isOn()) {
            announce(plan.bridge());
        }
    }

    /** Takes out what was announced by an earlier run and is not wanted; called when all printers were looked at. */
    void clearGone() {
        Set<String> wanted = new HashSet<>();
        if (plan.isOn()) {
            wanted.add(plan.bridgeTopic().text());
            facts.keySet().forEach(printer -> wanted.add(plan.topic(printer).text()));
        }
        List.copyOf(ways.values()).forEach(way -> {
            if (!wanted.contains(way.topic().text())) {
                withdraw(way);
            }
        });
    }

    /** Whether a topic is one of discovery that is taken care of here. */
    boolean knows(String topic) {
        return ways.containsKey(topic);
    }

    /**
     * Takes the registrations as they are now.
     *
     * @param status of a printer; null if it is not watched
     */
    void compare(List<Registered> all, Function<PrinterId, @Nullable Status> status) {
        Set<PrinterId> before = new HashSet<>(registered.keySet());
        for (Registered each : all) {
            Printer printer = each.printer();
            before.remove(printer.id());
            if (!printer.equals(registered.put(printer.id(), printer))) {
                Status now = status.apply(printer.id());
                if (now != null) {
                    look(now);
                }
            }
        }
        before.forEach(this::remove);
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
            announce(plan.printer(now));
        }
    }

    /** Takes a printer out that is not registered any more. */
    void remove(PrinterId printer) {
        registered.remove(printer);
        facts.remove(printer);
        DeviceWay way = ways.get(plan.topic(printer).text());
        if (way != null) {
            withdraw(way);
        }
    }

    void onAcknowledged(Value value) {
        DeviceWay way = ways.get(value.topic().text());
        if (way != null && way.onAcknowledged(value.payload(), nanoTime.getAsLong())) {
            if (value.payload().length > 0) {
                note(way);
            }
            goOn(way);
        }
    }

    private Equipment remembered(PrinterId printer) {
        DeviceWay way = ways.get(plan.topic(printer).text());
        return way == null ? Equipment.unknown() : Equipment.of(way.known());
    }

    private static boolean isSameMachine(Printer before, Printer now) {
        return before.driver().equals(now.driver()) && before.address().equals(now.address());
    }

    private PrinterFacts first(Printer printer, Status status, Equipment equipment) {
        return new PrinterFacts(
                printer,
                status.model(),
                status.capabilities(),
                reports.apply(printer.driver()),
                equipment.seenIn(status));
    }

    /** A printer that is offline shows neither what it has nor what it is; that is no news. */
    private static PrinterFacts later(PrinterFacts before, Printer printer, Status status) {
        Equipment equipment = before.equipment().seenIn(status);
        String model = status.model() == null ? before.model() : status.model();
        return new PrinterFacts(printer, model, status.capabilities(), before.reports(), equipment);
    }

    private void announce(DeviceMessage message) {
        DeviceWay way = ways.computeIfAbsent(message.topic().text(), text -> DeviceWay.fresh(message.topic(), settle));
        way.want(message);
        goOn(way);
    }

    private void withdraw(DeviceWay way) {
        way.want(null);
        goOn(way);
    }

    private void goOn(DeviceWay way) {
        long now = nanoTime.getAsLong();
        if (way.isOver(now)) {
            ways.remove(way.topic().text());
            return;
        }
        Duration quiet = way.quietFor(now);
        if (!quiet.isZero()) {
            alarm.after(quiet, () -> goOn(way));
            return;
        }
        KnownComponents before = way.known();
        DiscoveryStep step = way.next(now);
        if (step != null) {
            if (step.payload().length > 0
                    && (!way.known().equals(before)
                            || !retained.contains(way.topic().text()))) {
                note(way);
            }
            retained.put(way.topic(), step.payload());
        }
    }

    private void note(DeviceWay way) {
        announced.onAnnounced(way.topic().text(), way.known().text());
    }
}
