package io.github.printer2mqtt.http;

import io.github.printer2mqtt.printer.AddressText;
import io.github.printer2mqtt.printer.Miss;
import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PollingOverrides;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.Registered;
import io.github.printer2mqtt.registration.RegistrationProblem;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.github.printer2mqtt.registration.Registrations;
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
final class MemoryRegistrations implements Registrations {
    final Map<PrinterId, Registered> known = new ConcurrentSkipListMap<>();
    final List<Object> asked = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException fault;

    @Override
    public List<Registered> all() {
        return List.copyOf(known.values());
    }

    @Override
    public @Nullable Registered find(PrinterId printer) {
        return known.get(printer);
    }

    @Override
    public Future<Registered> add(JsonObject registration) {
        asked.add(registration);
        return answered(() -> {
            Registered registered = registered(registration);
            if (known.putIfAbsent(registered.printer().id(), registered) != null) {
                throw new RegistrationProblem(Code.DUPLICATE_ID, "id", "found an id that exists");
            }
            return registered;
        });
    }

    @Override
    public Future<Registered> change(PrinterId printer, JsonObject patch) {
        asked.add(patch);
        return answered(() -> existing(printer));
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        return answered(() -> {
                    Registered registered = existing(printer);
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
                new Miss(MissReason.AUTH, "the printer wants a key"),
                null,
                List.of(new ProbeReport.Attempt(address, "PrusaLink"))));
    }

    @Override
    public Future<List<Registered>> importAll(JsonArray rows) {
        asked.add(rows);
        return answered(() -> {
            List<Registered> all = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                all.add(registered(rows.getJsonObject(i)));
            }
            all.forEach(each -> known.put(each.printer().id(), each));
            return List.copyOf(all);
        });
    }

    private Registered existing(PrinterId printer) {
        Registered registered = known.get(printer);
        if (registered == null) {
            throw new RegistrationProblem(Code.PRINTER_NOT_FOUND, null, "no printer has this id");
        }
        return registered;
    }

    private static Registered registered(JsonObject registration) {
        String name = registration.getString("name");
        if (name == null) {
            throw new RegistrationProblem(Code.INVALID_FIELD, "name", "missing, expected a name");
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
                new PollingOverrides(Duration.ofSeconds(3), null),
                null);
        return new Registered(printer, registration.containsKey("credentials"));
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
        } catch (RegistrationProblem e) {
            return Future.failedFuture(e);
        }
    }
}
