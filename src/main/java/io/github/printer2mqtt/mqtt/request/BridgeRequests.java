package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.backup.BackupDocument;
import io.github.printer2mqtt.backup.BackupService;
import io.github.printer2mqtt.config.CommandsConfig.GuardedRequest;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.registration.ProbeDocument;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.discovery.DiscoveryDocument;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Handles {@code bridge/request/<verb>}. Belongs to the context of {@code MqttVerticle}. */
record BridgeRequests(
        MqttDependencies dependencies,
        RegistrationService registrations,
        RefreshRequests refreshRequests,
        RetainedTopicScan scan) {
    /** @throws RequestException if the request is invalid or not allowed */
    RequestHandler.RequestTask task(String verb, RequestPayload payload) {
        return switch (verb) {
            case "health_check" -> {
                payload.expectOnly();
                yield () -> Future.succeededFuture(BridgeDocuments.healthCheck(
                        dependencies.metricsRegistry().health()));
            }
            case "discovery/refresh" -> {
                payload.expectOnly();
                yield refreshRequests.discovery();
            }
            case "retained/clean" -> {
                payload.expectOnly();
                yield scan::clean;
            }
            case "alerts/acknowledge" -> {
                payload.expectOnly("id", "code");
                yield acknowledged(printer(payload), code(payload));
            }
            case "printers/refresh" -> {
                payload.expectOnly("id");
                yield payload.arguments().containsKey("id")
                        ? refreshRequests.printer(printer(payload))
                        : refreshRequests.allPrinters();
            }
            default -> task(allowed(verb), payload);
        };
    }

    private RequestHandler.RequestTask task(GuardedRequest request, RequestPayload payload) {
        return switch (request) {
            case ADD -> {
                JsonObject registration = withoutCommands(payload.arguments());
                yield () -> registrations.add(registration).map(BridgeRequests::document);
            }
            case PROBE -> () -> registrations.probe(payload.arguments()).map(ProbeDocument::of);
            case DISCOVER -> () -> registrations.discover(payload.arguments()).map(DiscoveryDocument::of);
            case CHANGE -> {
                payload.expectOnly("id", "patch");
                yield changed(printer(payload), withoutCommands(patch(payload)));
            }
            case ENABLE -> {
                payload.expectOnly("id");
                yield changed(printer(payload), new JsonObject().put("enabled", true));
            }
            case DISABLE -> {
                payload.expectOnly("id");
                yield changed(printer(payload), new JsonObject().put("enabled", false));
            }
            case BACKUP -> {
                payload.expectOnly();
                yield () -> backups().create().map(BackupDocument::of).map(Json::bytes);
            }
            case RESTORE -> {
                payload.expectOnly("name");
                String name = backupName(payload);
                yield () ->
                        backups().prepareRestore(name).map(BackupDocument::of).map(Json::bytes);
            }
            case REMOVE -> {
                payload.expectOnly("id");
                PrinterId printer = printer(payload);
                yield () -> registrations
                        .remove(printer)
                        .map(removed -> Json.bytes(new JsonObject().put("id", printer.value())));
            }
        };
    }

    private RequestHandler.RequestTask acknowledged(PrinterId printer, AlertCode code) {
        return () -> dependencies.alerts().acknowledge(printer, code).map(known -> {
            if (!known) {
                throw new RequestException(
                        Code.ALERT_NOT_FOUND, "no alert " + code.wireName() + " of " + printer + " is open");
            }
            return Json.bytes(new JsonObject().put("id", printer.value()).put("code", code.wireName()));
        });
    }

    private static AlertCode code(RequestPayload payload) {
        AlertCode code = WireConstant.find(AlertCode.class, payload.arguments().getValue("code"));
        if (code == null) {
            throw new RequestException(Code.INVALID_FIELD, "code: expected " + WireConstant.oneOf(AlertCode.class));
        }
        return code;
    }

    private RequestHandler.RequestTask changed(PrinterId printer, JsonObject patch) {
        return () -> registrations.change(printer, patch).map(BridgeRequests::document);
    }

    private GuardedRequest allowed(String verb) {
        for (GuardedRequest request : GuardedRequest.values()) {
            if (verb.equals(request.verb())) {
                if (dependencies.facts().config().commands().mqttRequests().contains(request)) {
                    return request;
                }
                throw new RequestException(
                        Code.NOT_ALLOWED,
                        "the request " + verb + " is not allowed; add " + request.wireName()
                                + " to commands.mqtt_requests in the configuration");
            }
        }
        throw new RequestException(
                Code.UNKNOWN_VERB,
                "found the request " + QuotedText.of(verb)
                        + ", expected health_check, alerts/acknowledge, discovery/refresh, retained/clean, backup, restore"
                        + " or printers/ with add, remove, change, probe, discover, enable, disable or refresh");
    }

    private static PrinterId printer(RequestPayload payload) {
        if (payload.arguments().getValue("id") instanceof String id) {
            return PrinterCommands.printer(id);
        }
        throw new RequestException(Code.INVALID_FIELD, "id: expected the id of a printer");
    }

    private BackupService backups() {
        return dependencies.services().backups();
    }

    private static String backupName(RequestPayload payload) {
        if (payload.arguments().getValue("name") instanceof String name) {
            return name;
        }
        throw new RequestException(Code.INVALID_FIELD, "name: expected the name of a backup");
    }

    private static JsonObject patch(RequestPayload payload) {
        if (payload.arguments().getValue("patch") instanceof JsonObject patch) {
            return patch;
        }
        throw new RequestException(Code.INVALID_FIELD, "patch: expected an object with the fields that change");
    }

    /** Permission to register printers over MQTT does not include permission to allow commands. */
    private static JsonObject withoutCommands(JsonObject registration) {
        if (registration.containsKey("commands")) {
            throw new RequestException(Code.NOT_ALLOWED, "commands: cannot be changed over MQTT; use the HTTP API");
        }
        return registration;
    }

    private static byte[] document(Registration registered) {
        return Json.bytes(RegistrationDocument.of(registered));
    }
}
