package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.FieldElement;
import io.github.printer2mqtt.http.message.MediaTypes;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.ProbeDocument;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisDocument;
import io.github.printer2mqtt.registration.discovery.DiscoveryDocument;
import io.github.printer2mqtt.registration.service.LoggingRegistrationService;
import io.github.printer2mqtt.registration.transfer.ImportFile;
import io.github.printer2mqtt.registration.transfer.ImportFormat;
import io.github.printer2mqtt.registration.transfer.OctoFarmExport;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Registers, changes, removes, probes and diagnoses printers; imports and exports registrations. */
record RegistrationRoutes(
        Vertx vertx, RegistrationService registrations, DiagnosisService diagnoses, RequestBodies bodies) {
    static final String CSV = "text/csv";
    private static final String YAML = "application/yaml";

    /** Bytes of no declared type are recognised by their content. */
    private static final Set<String> IMPORT_TYPES = Set.of(RequestBodies.JSON, CSV, YAML, "application/octet-stream");

    void mount(RouteTable routes) {
        routes.addWhenReady(Right.ADMIN, POST, "/api/printers", this::add);
        routes.addWhenReady(Right.ADMIN, POST, "/api/printers/probe", this::probe);
        routes.addWhenReady(Right.ADMIN, POST, "/api/discovery", this::discover);
        routes.addWhenReady(Right.ADMIN, POST, "/api/printers/import", this::importAll, "format");
        routes.addWhenReady(Right.ADMIN, POST, "/api/printers/import/preview", this::previewImport, "format");
        routes.addWhenReady(Right.ADMIN, GET, "/api/printers/export", this::export, "format");
        routes.addWhenReady(Right.READ, GET, "/api/printers/{id}/registration", this::get);
        routes.addWhenReady(Right.READ, GET, "/api/printers/{id}/diagnosis", this::diagnose);
        routes.addWhenReady(Right.ADMIN, PATCH, "/api/printers/{id}", this::change);
        routes.addWhenReady(Right.ADMIN, DELETE, "/api/printers/{id}", this::remove);
    }

    private RegistrationService serviceFor(RoutingContext request) {
        return new LoggingRegistrationService(registrations, CommandRoutes.origin(request));
    }

    private Future<ApiResponse> add(RoutingContext request) {
        return bodies.readObject(request, Set.of(RequestBodies.JSON))
                .compose(registration -> serviceFor(request).add(registration))
                .map(added -> ApiResponse.json(201, RegistrationDocument.of(added))
                        .withHeader(
                                "Location",
                                RouteTable.pathFor(
                                        request,
                                        "/api/printers/" + added.printer().id())));
    }

    private Future<ApiResponse> get(RoutingContext request) {
        PrinterId printer = PrinterRoutes.id(request);
        Registration registration = registrations.find(printer);
        if (registration == null) {
            throw ProblemMapper.printerNotFound(printer.value()).asException();
        }
        return Future.succeededFuture(ApiResponse.json(200, RegistrationDocument.of(registration)));
    }

    private Future<ApiResponse> change(RoutingContext request) {
        PrinterId printer = PrinterRoutes.id(request);
        return bodies.readObject(request, Set.of(RequestBodies.JSON, RequestBodies.MERGE_PATCH))
                .compose(patch -> serviceFor(request).change(printer, patch))
                .map(changed -> ApiResponse.json(200, RegistrationDocument.of(changed)));
    }

    private Future<ApiResponse> remove(RoutingContext request) {
        return serviceFor(request).remove(PrinterRoutes.id(request)).map(removed -> ApiResponse.empty(204));
    }

    private Future<ApiResponse> probe(RoutingContext request) {
        return bodies.readObject(request, Set.of(RequestBodies.JSON))
                .compose(registrations::probe)
                .map(report -> ApiResponse.json(200, ProbeDocument.of(report)));
    }

    private Future<ApiResponse> discover(RoutingContext request) {
        return bodies.readObject(request, Set.of(RequestBodies.JSON))
                .compose(network -> serviceFor(request).discover(network))
                .map(report -> ApiResponse.json(200, DiscoveryDocument.of(report)));
    }

    private Future<ApiResponse> diagnose(RoutingContext request) {
        return diagnoses
                .diagnose(PrinterRoutes.id(request))
                .map(diagnosis -> ApiResponse.json(200, DiagnosisDocument.of(diagnosis)));
    }

    private Future<ApiResponse> importAll(RoutingContext request) {
        return fromFile(request, serviceFor(request)::importAll)
                .compose(imported -> encoded(RegistrationDocument::imported, imported));
    }

    private Future<ApiResponse> previewImport(RoutingContext request) {
        return fromFile(request, registrations::previewImport)
                .compose(checked -> encoded(RegistrationDocument::previewed, checked));
    }

    private Future<List<Registration>> fromFile(
            RoutingContext request, Function<JsonArray, Future<List<Registration>>> step) {
        ImportFormat format = importFormat(request);
        return bodies.readBytes(request, IMPORT_TYPES, RequestBodies.MAX_IMPORT)
                .compose(body -> format == ImportFormat.JSON
                        ? bodies.parseJson(body).map(RegistrationRoutes::rows)
                        : vertx.executeBlocking(
                                () -> ImportFile.read(body.getBytes(), format, charset(request)), false))
                .compose(file -> step.apply(file.rows())
                        .recover(failure -> Future.failedFuture(
                                failure instanceof RegistrationException problem
                                        ? file.withOrigins(problem)
                                        : failure)));
    }

    /** By the parameter {@code format} or, without it, by the Content-Type; null to recognise it by the content. */
    private static @Nullable ImportFormat importFormat(RoutingContext request) {
        List<String> formats = request.queryParam("format");
        if (!formats.isEmpty()) {
            ImportFormat given = WireConstant.find(ImportFormat.class, formats.get(0));
            if (given == null) {
                throw Problem.invalidParameter(
                        "format",
                        "found " + QuotedText.of(formats.get(0)) + ", expected "
                                + WireConstant.oneOf(ImportFormat.class));
            }
            return given;
        }
        return switch (RequestBodies.contentType(request.request())) {
            case RequestBodies.JSON -> ImportFormat.JSON;
            case CSV -> ImportFormat.CSV;
            case YAML -> ImportFormat.FDM_MONSTER;
            default -> null;
        };
    }

    private static @Nullable String charset(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? null : FieldElement.parse(type).parameters().get("charset");
    }

    private static RegistrationRows rows(Object body) {
        if (OctoFarmExport.isExport(body)) {
            return OctoFarmExport.read(body);
        }
        Object rows = body instanceof JsonObject object && object.size() == 1 ? object.getValue("printers") : body;
        if (rows instanceof JsonArray array) {
            return RegistrationRows.ofJson(array);
        }
        throw RequestBodies.expectedJson("an array of registrations, or an object with such an array as \"printers\"");
    }

    private Future<ApiResponse> export(RoutingContext request) {
        List<Registration> all = registrations.all();
        if (!prefersCsv(request)) {
            return encoded(RegistrationDocument::exported, all)
                    .map(response ->
                            response.withHeader("Content-Disposition", "attachment; filename=\"printers.json\""));
        }
        return vertx.executeBlocking(() -> RegistrationCsv.write(all), false)
                .map(csv -> ApiResponse.of(200, CSV + "; charset=utf-8", Buffer.buffer(csv))
                        .withHeader("Cache-Control", "no-store")
                        .withHeader("Content-Disposition", "attachment; filename=\"printers.csv\""));
    }

    /** By the parameter {@code format} or, without it, by the header Accept. */
    static boolean prefersCsv(RoutingContext request) {
        List<String> formats = request.queryParam("format");
        if (formats.isEmpty()) {
            return new MediaTypes(request.request().headers().getAll(HttpHeaders.ACCEPT))
                    .prefers(CSV, RequestBodies.JSON);
        }
        return switch (formats.get(0)) {
            case "csv" -> true;
            case "json" -> false;
            default ->
                throw Problem.invalidParameter(
                        "format", "found " + QuotedText.of(formats.get(0)) + ", expected csv or json");
        };
    }

    /** Encodes long lists on a worker thread. */
    private Future<ApiResponse> encoded(Function<List<Registration>, JsonObject> encoder, List<Registration> all) {
        return all.size() <= 250
                ? Future.succeededFuture(ApiResponse.json(200, encoder.apply(all)))
                : vertx.executeBlocking(() -> Json.bytes(encoder.apply(all)), false)
                        .map(document -> ApiResponse.json(200, document));
    }
}
