package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.site.SiteService;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Lists open alerts and acknowledges one. */
record AlertRoutes(AlertService alerts, SiteService sites, RequestBodies bodies) {
    private static final String ID = "id";
    private static final String CODE = "code";
    private static final String SITE = "site";
    private static final List<String> FIELDS = List.of(ID, CODE, SITE);

    void mount(RouteTable routes) {
        routes.addWhenReady(
                Right.READ,
                GET,
                "/api/alerts",
                request -> Future.succeededFuture(ApiResponse.json(200, PrinterDocuments.alerts(alerts.open()))));
        routes.addWhenReady(Right.CONTROL, POST, "/api/alerts/acknowledge", this::acknowledge);
    }

    private Future<ApiResponse> acknowledge(RoutingContext request) {
        return bodies.readObject(request, Set.of(RequestBodies.JSON)).compose(body -> {
            for (String name : body.fieldNames()) {
                if (!FIELDS.contains(name)) {
                    throw Problem.invalidField(QuotedText.of(name), "unknown field, expected id, code and site");
                }
            }
            PrinterId printer = printer(body);
            AlertCode code = code(body);
            JsonObject acknowledged = new JsonObject().put(ID, printer.value()).put(CODE, code.wireName());
            Object site = body.getValue(SITE);
            return (site == null ? acknowledgeOwn(printer, code) : acknowledge(site, printer, code))
                    .map(done -> ApiResponse.json(200, site == null ? acknowledged : acknowledged.put(SITE, site)));
        });
    }

    private Future<Void> acknowledgeOwn(PrinterId printer, AlertCode code) {
        return alerts.acknowledge(printer, code).map(wasOpen -> {
            if (!wasOpen) {
                throw Problem.of(404, "alert_not_found", "printer " + printer + " has no open alert " + code.wireName())
                        .asException();
            }
            return null;
        });
    }

    private Future<Void> acknowledge(Object site, PrinterId printer, AlertCode code) {
        if (!(site instanceof String name)) {
            throw Problem.invalidField(SITE, "expected the name of a site, or null for a printer of this bridge");
        }
        return sites.acknowledge(SiteRoutes.require(sites, name), printer, code).recover(SiteRoutes::problem);
    }

    private static PrinterId printer(JsonObject body) {
        if (body.getValue(ID) instanceof String text) {
            try {
                return new PrinterId(text);
            } catch (InvalidValueException e) {
                throw Problem.invalidField(ID, String.valueOf(e.getMessage()));
            }
        }
        throw Problem.invalidField(ID, "expected the id of a printer");
    }

    private static AlertCode code(JsonObject body) {
        AlertCode code = WireConstant.find(AlertCode.class, body.getValue(CODE));
        if (code == null) {
            throw Problem.invalidField(CODE, "expected " + WireConstant.oneOf(AlertCode.class));
        }
        return code;
    }
}
