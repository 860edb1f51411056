package io.github.printer2mqtt.http;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
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

/** Registrations in memory; records requests, and {@link #failure} makes them fail. */
final class InMemoryRegistrations implements RegistrationService {
    final Map<PrinterId, Registration> known = new ConcurrentSkipListMap<>();
    final List<Object> requests = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException failure;

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
        requests.add(registration);
        return run(() -> {
            Registration registered = registered(registration);
            if (known.putIfAbsent(registered.printer().id(), registered) != null) {
                throw new RegistrationException(Code.DUPLICATE_ID, "id", "found an id that exists");
            }
            return registered;
        });
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        requests.add(patch);
        return run(() -> existing(printer));
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        return run(() -> {
                    Registration registered = existing(printer);
                    known.remove(printer);
                    return registered;
                })
                .mapEmpty();
    }

    @Override
    public Future<DiscoveryReport> discover(JsonObject request) {
        PrinterAddress address = new PrinterAddress(PrinterAddress.Scheme.HTTP, "192.168.1.20", 80, "");
        return Future.succeededFuture(new DiscoveryReport(
                List.of(request.getString("network", "192.168.1.0/24")),
                254,
                true,
                Duration.ofMillis(9120),
                List.of("cannot listen at UDP port 2021"),
                List.of(new DiscoveryReport.FoundPrinter(
                        "prusalink",
                        address,
                        "PrusaLink 2.1.2",
                        "PrusaLink at mk4",
                        new Driver.Identity("MK4", "SN4711"),
                        List.of("mdns", "scan"),
                        true,
                        null,
                        new PrinterId("mk4-left"))),
                List.of(new PrinterId("mk4-left"))));
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        requests.add(request);
        PrinterAddress address = AddressText.parse(request.getString("address")).withDefaultPort(80);
        return run(() -> new ProbeReport(
                "prusalink",
                address,
                "PrusaLink 2.1.2",
                null,
                new PollFailure(FailureReason.AUTH, "the printer needs an API key"),
                null,
                List.of(new ProbeAttempt(address, "PrusaLink", null, null, null)),
                List.of(
                        new StageResult(DiagnosisStage.NAME, true, 0L, "192.0.2.20 is an IP address", null),
                        new StageResult(DiagnosisStage.ROUTE, false, 2500L, "no answer", "switch it on"),
                        new StageResult(DiagnosisStage.PORT, null, null, null, null))));
    }

    @Override
    public Future<List<Registration>> importAll(JsonArray rows) {
        requests.add(rows);
        return run(() -> {
            List<Registration> all = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                all.add(registered(rows.getJsonObject(i)));
            }
            all.forEach(each -> known.put(each.printer().id(), each));
            return List.copyOf(all);
        });
    }

    @Override
    public Future<List<Registration>> previewImport(JsonArray rows) {
        requests.add(rows);
        return run(() -> {
            List<Registration> all = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                all.add(registered(rows.getJsonObject(i)));
            }
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

    private interface Action<T> {
        T get();
    }

    private <T> Future<T> run(Action<T> response) {
        RuntimeException current = failure;
        if (current != null) {
            return Future.failedFuture(current);
        }
        try {
            return Future.succeededFuture(response.get());
        } catch (RegistrationException e) {
            return Future.failedFuture(e);
        }
    }
}
