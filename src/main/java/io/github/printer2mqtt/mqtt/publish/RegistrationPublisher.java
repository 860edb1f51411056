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
 * Keeps {@code bridge/printers} as the registrations are, and tells what was added, removed and changed by comparing
 * with what they were. Belongs to the context of {@code MqttVerticle}.
 */
public final class RegistrationPublisher {
    private final Supplier<List<Registration>> registrations;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final Clock clock;
    private Map<PrinterId, Registration> known = Map.of();

    public RegistrationPublisher(
            Supplier<List<Registration>> registrations,
            Topics topics,
            RetainedTopics retained,
            Outbox outbox,
            Clock clock) {
        this.registrations = registrations;
        this.topics = topics;
        this.retained = retained;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Takes the registrations as they are at the start of the bridge, of which no event is made. */
    public void begin() {
        known = now();
        publish();
    }

    /** Looks what has become different. */
    public void compare() {
        Map<PrinterId, Registration> before = known;
        known = now();
        for (Registration registered : known.values()) {
            Registration earlier = before.get(registered.printer().id());
            if (earlier == null) {
                tell(RegistrationEvent.PRINTER_ADDED, registered.printer());
            } else if (!earlier.equals(registered)) {
                tell(RegistrationEvent.PRINTER_CHANGED, registered.printer());
            }
        }
        for (Registration earlier : before.values()) {
            if (!known.containsKey(earlier.printer().id())) {
                tell(RegistrationEvent.PRINTER_REMOVED, earlier.printer());
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
        List<Registration> rows = known.values().stream()
                .map(registered -> new Registration(registered.printer(), registered.hasCredentials()))
                .toList();
        retained.put(topics.bridgePrinters(), BridgeDocuments.printers(rows));
    }

    private void tell(RegistrationEvent type, Printer printer) {
        outbox.add(topics.bridgeEvent(), BridgeDocuments.event(type, clock.instant(), printer.id(), printer.name()));
    }
}
