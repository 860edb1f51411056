package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.json.BridgeDocuments.RegistrationEvent;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps {@code bridge/printers} up to date, and publishes an event for each printer that was added, changed or removed
 * since the last comparison. Belongs to the context of {@code MqttVerticle}.
 */
public final class RegistrationPublisher {
    private final Supplier<List<Registration>> registrations;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final Clock clock;
    private Map<PrinterId, Registration> known = Map.of();

    public RegistrationPublisher(MqttDependencies dependencies, RetainedTopics retained, Outbox outbox) {
        this.registrations = dependencies.registrations();
        this.topics = dependencies.topics();
        this.retained = retained;
        this.outbox = outbox;
        this.clock = dependencies.clock();
    }

    /** Publishes the registrations at start, without events. */
    public void start() {
        known = now();
        publish();
    }

    /** Publishes what has changed since the last call. */
    public void compare() {
        Map<PrinterId, Registration> before = known;
        known = now();
        for (Registration registered : known.values()) {
            Registration earlier = before.get(registered.printer().id());
            if (earlier == null) {
                addEvent(RegistrationEvent.PRINTER_ADDED, registered.printer());
            } else if (!earlier.equals(registered)) {
                addEvent(RegistrationEvent.PRINTER_CHANGED, registered.printer());
            }
        }
        for (Registration earlier : before.values()) {
            if (!known.containsKey(earlier.printer().id())) {
                addEvent(RegistrationEvent.PRINTER_REMOVED, earlier.printer());
            }
        }
        publish();
    }

    private Map<PrinterId, Registration> now() {
        Map<PrinterId, Registration> now = new LinkedHashMap<>();
        registrations.get().forEach(registered -> now.put(registered.printer().id(), registered));
        return now;
    }

    private void publish() {
        retained.put(topics.bridgePrinters(), BridgeDocuments.printers(List.copyOf(known.values())));
    }

    private void addEvent(RegistrationEvent type, Printer printer) {
        outbox.add(topics.bridgeEvent(), BridgeDocuments.event(type, clock.instant(), printer.id(), printer.name()));
    }
}
