package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Registrations in memory that keep what they were asked; {@link #fault} makes them fail. */
final class InMemoryRegistrations implements RegistrationService {
    final Map<PrinterId, Registration> known = new ConcurrentSkipListMap<>();
    final List<Object> asked = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException fault;

    @Override
    public List<Registration> all() {
        return List.copyOf(known.values());
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        return known.get(printer);
    }

    @Override
    public Future<Registration> add(JsonObject registration) {
        asked.add(registration);
        return answered(() -> {
            Registration registered = registered(registration);
            if (known.putIfAbsent(registered.printer().id(), registered) != null) {
                throw new RegistrationException(Code.DUPLICATE_ID, "id", "found an id that exists");
            }
            return registered;
        });
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        asked.add(patch);
        return answered(() -> existing(printer));
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        return answered(() -> {
                    Registration registered = existing(printer);
                    known.remove(printer);
                    return registered;
                })
                .mapEmpty();
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        asked.add(request);
        PrinterAddress address = AddressText.parse(request.getString("address")).withDefaultPort(80);
        return answered(() -> new ProbeReport(
                "prusalink",
                address,
                "PrusaLink 2.1.2",
                null,
                new PollFailure(FailureReason.AUTH, "the printer wants a key"),
                null,
                List.of(new ProbeAttempt(address, "PrusaLink", null, null))));
    }

    @Override
    public Future<List<Registration>> importAll(JsonArray rows) {
        asked.add(rows);
        return answered(() -> {
            List<Registration> all = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                all.add(registered(rows.getJsonObject(i)));
            }
            all.forEach(each -> known.put(each.printer().id(), each));
            return List.copyOf(all);
        });
    }

    private Registration existing(PrinterId printer) {
        Registration registered = known.get(printer);
        if (registered == null) {
            throw new RegistrationException(Code.PRINTER_NOT_FOUND, null, "no printer has this id");
        }
        return registered;
    }

    private static Registration registered(JsonObject registration) {
        String name = registration.getString("name");
        if (name == null) {
            throw new RegistrationException(Code.INVALID_FIELD, "name", "missing, expected a name");
        }
        Printer printer = new Printer(
                PrinterId.fromName(name),
                name,
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                null,
                null,
                List.of("pla"),
                true,
                new Printer.PollingOverrides(Duration.ofSeconds(3), null),
                null);
        return new Registration(printer, registration.containsKey("credentials"));
    }

    private interface Answer<T> {
        T get();
    }

    private <T> Future<T> answered(Answer<T> answer) {
        RuntimeException failure = fault;
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        try {
            return Future.succeededFuture(answer.get());
        } catch (RegistrationException e) {
            return Future.failedFuture(e);
        }
    }
}
