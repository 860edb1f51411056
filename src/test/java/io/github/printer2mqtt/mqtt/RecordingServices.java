package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.backup.Backup;
import io.github.printer2mqtt.backup.BackupService;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The services behind the MQTT interface; records calls and responds as a test wants. */
final class RecordingServices implements CommandService, RegistrationService, MonitoringService, BackupService {
    /** All calls, one line each. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    volatile Supplier<Future<Void>> executionResult = Future::succeededFuture;

    @Override
    public Future<Backup> create() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Overview> overview() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Path> find(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<PreparedRestore> prepareRestore(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> withdrawRestore() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void handOnMessages(MessageReceiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        calls.add(command.verb().wireName() + " " + printer);
        return executionResult.get();
    }

    @Override
    public Future<Void> execute(PrinterId printer, PrinterCommand command) {
        throw new AssertionError("MQTT requests execute commands through the command service");
    }

    @Override
    public void pollEarly(PrinterId printer) {
        calls.add("poll " + printer);
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        throw new AssertionError("MQTT requests do not wait for the poll of one printer");
    }

    @Override
    public Future<Void> pollAll() {
        calls.add("poll all");
        return Future.succeededFuture();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        throw new AssertionError("MQTT requests do not read single registrations");
    }

    @Override
    public Future<Registration> add(JsonObject registration) {
        calls.add("add " + registration.encode());
        return Future.failedFuture(new RegistrationException(
                RegistrationException.Code.DUPLICATE_ADDRESS, "address", "found one that is registered already"));
    }

    @Override
    public Future<Registration> change(PrinterId printer, JsonObject patch) {
        calls.add("change " + printer + " " + patch.encode());
        return Future.failedFuture(
                new RegistrationException(RegistrationException.Code.PRINTER_NOT_FOUND, null, "there is no printer"));
    }

    @Override
    public Future<Void> remove(PrinterId printer) {
        calls.add("remove " + printer);
        return Future.succeededFuture();
    }

    @Override
    public Future<DiscoveryReport> discover(JsonObject request) {
        calls.add("discover " + request.encode());
        return Future.succeededFuture(new DiscoveryReport(
                List.of("192.168.1.0/24"), 254, true, Duration.ofSeconds(9), List.of(), List.of(), List.of()));
    }

    @Override
    public Future<ProbeReport> probe(JsonObject request) {
        calls.add("probe " + request.encode());
        return Future.succeededFuture(new ProbeReport(null, null, null, null, null, null, List.of(), List.of()));
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
    public Future<List<Registration>> previewImport(JsonArray rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> register(Printer printer) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> monitor(Printer printer, Credentials credentials) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<MonitoringService.RecentPolls> recentPolls(PrinterId printer) {
        throw new UnsupportedOperationException();
    }
}
