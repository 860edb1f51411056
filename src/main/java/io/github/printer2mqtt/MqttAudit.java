package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AuditLog;
import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Origin;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records the commands and changes that arrive over MQTT. The broker does not tell who sent them. */
record MqttAudit(AuditLog audit) {
    CommandService recorded(CommandService commands) {
        return new Commands(commands, this);
    }

    RegistrationService recorded(RegistrationService registrations) {
        return new Registrations(registrations, this);
    }

    private <T> Future<T> recorded(String action, Future<T> change) {
        return change.onComplete((done, failure) ->
                audit.record("MQTT client", Origin.mqtt().text(), action, failure == null ? "ok" : code(failure)));
    }

    private static String code(Throwable failure) {
        if (failure instanceof CommandException exception) {
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
            return registrations.discover(request); // no request over MQTT leads here
        }

        @Override
        public Future<ProbeReport> probe(JsonObject request) {
            return audit.recorded("bridge/request/printers/probe", registrations.probe(request));
        }

        @Override
        public Future<List<Registration>> importAll(JsonArray rows) {
            return audit.recorded("bridge/request/printers/import", registrations.importAll(rows));
        }
    }
}
