package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.site.SiteRequestException;
import io.github.printer2mqtt.site.SiteService;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Other sites and their printers, to whose bridges commands are forwarded. */
record SiteRoutes(CombinedFleet fleet, SiteService sites, RequestBodies bodies) {
    private static final String PRINTER = "/api/sites/{site}/printers/{id}";

    void mount(RouteTable routes) {
        routes.add(Right.READ, GET, "/api/sites", request -> Future.succeededFuture(list()));
        routes.add(Right.READ, GET, PRINTER, request -> Future.succeededFuture(get(request)));
        routes.add(Right.CONTROL, POST, PRINTER + "/commands/{verb}", this::execute);
    }

    private ApiResponse list() {
        JsonArray all = new JsonArray();
        sites.sites()
                .forEach(site -> all.add(new JsonObject()
                        .put("name", site.name())
                        .put("base_topic", site.baseTopic())
                        .put("reachable", site.reachable())
                        .put("printers", site.printers())));
        return ApiResponse.json(200, new JsonObject().put("sites", all));
    }

    private ApiResponse get(RoutingContext request) {
        return ApiResponse.json(200, document(request).bytes());
    }

    private Future<ApiResponse> execute(RoutingContext request) {
        PrinterKey printer = document(request).status().key();
        Verb verb = CommandRoutes.verb(request.pathParam("verb"));
        return bodies.readOptionalObject(request)
                .compose(arguments -> {
                    CommandRoutes.command(verb, arguments);
                    return sites.execute(siteName(request), printer.id(), verb, arguments);
                })
                .map(done -> ApiResponse.json(202, CommandRoutes.accepted()))
                .recover(SiteRoutes::problem);
    }

    private StatusDocument document(RoutingContext request) {
        String site = siteName(request);
        PrinterId id = PrinterRoutes.id(request);
        StatusDocument document = fleet.find(new PrinterKey(site, id));
        if (document == null) {
            throw ProblemMapper.printerNotFound(id.value()).asException();
        }
        return document;
    }

    private String siteName(RoutingContext request) {
        return require(sites, request.pathParam("site"));
    }

    /** The name, if a site has it; fails with 404 otherwise. */
    static String require(SiteService sites, String name) {
        if (sites.find(name) == null) {
            throw Problem.of(404, "site_not_found", "no site has the name " + QuotedText.of(name))
                    .asException();
        }
        return name;
    }

    /** The problem of a request to a site; only codes that are documented are passed on. */
    static <T> Future<T> problem(Throwable failure) {
        if (!(failure instanceof SiteRequestException refused)) {
            return Future.failedFuture(failure);
        }
        int status = switch (refused.code()) {
            case "printer_not_found", "alert_not_found" -> 404;
            case "not_allowed" -> 403;
            case "state_conflict", "printer_offline" -> 409;
            case "invalid_field" -> 422;
            case "unsupported" -> 501;
            case "refused_by_printer" -> 502;
            case SiteRequestException.SITE_UNREACHABLE, SiteRequestException.BUSY, "stopping" -> 503;
            case SiteRequestException.OUTCOME_UNKNOWN, "timeout" -> 504;
            default -> 0;
        };
        String detail = String.valueOf(refused.getMessage());
        Problem problem = status == 0
                ? Problem.of(502, "site_error", "the site responded " + QuotedText.of(refused.code()) + ": " + detail)
                : Problem.of(status, refused.code(), detail);
        return Future.failedFuture((status == 503 ? problem.withHeader("Retry-After", "5") : problem).asException());
    }
}
