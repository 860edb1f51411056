package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rooms behind the broker's, which write down what they are asked and say what a test wants. */
final class ScenarioServices implements CommandService, RegistrationService, MonitoringService {
    /** Everything that was asked, one line each. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile Supplier<Future<Void>> answer = Future::succeededFuture;

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        asked.add(command.capability().wireName() + " " + printer);
        return answer.get();
    }

    @Override
    public void pollSoon(PrinterId printer) {
        asked.add("poll " + printer);
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        throw new AssertionError("nobody at the broker waits for a poll of one printer");
    }

    @Override
    public Future<Void> pollAll() {
        asked.add("poll all");
        return Future.succeededFuture();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        throw new AssertionError("nobody at the broker asks for one registration");
    }

    @Override
    public Future<Registration> add(JsonObject registration) {
        asked.add("add " + registration.encode());
        return Future.failedFuture(new RegistrationException(
                RegistrationException.Code.DUPLICATE_ADDRESS, "address", "found one that is registered already"));
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        asked.add("change " + printer + " " + patch.encode());
        return Future.failedFuture(
                new RegistrationException(RegistrationException.Code.PRINTER_NOT_FOUND, null, "there is no printer"));
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        asked.add("remove " + printer);
        return Future.succeededFuture();
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        asked.add("probe " + request.encode());
        return Future.succeededFuture(new ProbeReport(null, null, null, null, null, null, List.of()));
    }

    @Override
    public List<Registration> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Registration>> importAll(JsonArray rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> watch(Printer printer, Credentials credentials) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> unwatch(PrinterId printer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<MonitoringService.PollRecord>> polls(PrinterId printer) {
        throw new UnsupportedOperationException();
    }
}
