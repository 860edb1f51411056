package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AuditLog;
import io.github.printer2mqtt.backup.Backup;
import io.github.printer2mqtt.backup.BackupException;
import io.github.printer2mqtt.backup.BackupService;
import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.access.Origin;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies.RequestServices;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records the commands and changes that arrive over MQTT. The broker does not tell who sent them. */
record MqttAudit(AuditLog audit) {
    RequestServices recorded(
            CommandService commands,
            RegistrationService registrations,
            MonitoringService monitoring,
            BackupService backups) {
        return new RequestServices(
                new Commands(commands, this),
                new Registrations(registrations, this),
                monitoring,
                new Backups(backups, this));
    }

    private <T> Future<T> recorded(String action, Future<T> change) {
        return change.onComplete((done, failure) ->
                audit.record("MQTT client", Origin.mqtt().text(), action, failure == null ? "ok" : code(failure)));
    }

    private static String code(Throwable failure) {
        if (failure instanceof CommandException exception) {
            return exception.code().wireName();
        }
        if (failure instanceof BackupException exception) {
            return exception.code().wireName();
        }
        return failure instanceof RegistrationException exception
                ? exception.code().wireName()
                : "internal_error";
    }

    private record Commands(CommandService commands, MqttAudit audit) implements CommandService {
        @Override
        public Future<Void> execute(PrinterId printer, Command command) {
            return audit.recorded(
                    "printers/" + printer + "/command/" + command.verb().wireName(),
                    commands.execute(printer, command));
        }
    }

    private record Backups(BackupService backups, MqttAudit audit) implements BackupService {
        @Override
        public Future<Backup> create() {
            return audit.recorded("bridge/request/backup", backups.create());
        }

        @Override
        public Future<Overview> overview() {
            return backups.overview();
        }

        @Override
        public Future<Path> find(String name) {
            return backups.find(name);
        }

        @Override
        public Future<PreparedRestore> prepareRestore(String name) {
            return audit.recorded("bridge/request/restore", backups.prepareRestore(name));
        }

        @Override
        public Future<Void> withdrawRestore() {
            return audit.recorded("bridge/request/restore", backups.withdrawRestore());
        }
    }

    private record Registrations(RegistrationService registrations, MqttAudit audit) implements RegistrationService {
        @Override
        public List<Registration> all() {
            return registrations.all();
        }

        @Override
        public @Nullable Registration find(PrinterId printer) {
            return registrations.find(printer);
        }

        @Override
        public Future<Registration> add(JsonObject registration) {
            return audit.recorded("bridge/request/printers/add", registrations.add(registration));
        }

        @Override
        public Future<Registration> change(PrinterId printer, JsonObject patch) {
            return audit.recorded("bridge/request/printers/change " + printer, registrations.change(printer, patch));
        }

        @Override
        public Future<Void> remove(PrinterId printer) {
            return audit.recorded("bridge/request/printers/remove " + printer, registrations.remove(printer));
        }

        @Override
        public Future<DiscoveryReport> discover(JsonObject request) {
            return audit.recorded("bridge/request/printers/discover", registrations.discover(request));
        }

        @Override
        public Future<ProbeReport> probe(JsonObject request) {
            return audit.recorded("bridge/request/printers/probe", registrations.probe(request));
        }

        @Override
        public Future<List<Registration>> importAll(JsonArray rows) {
            return audit.recorded("bridge/request/printers/import", registrations.importAll(rows));
        }

        @Override
        public Future<List<Registration>> previewImport(JsonArray rows) {
            return registrations.previewImport(rows);
        }
    }
}
