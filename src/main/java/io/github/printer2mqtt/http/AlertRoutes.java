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
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Lists open alerts and acknowledges one. */
record AlertRoutes(AlertService alerts, RequestBodies bodies) {
    private static final String ID = "id";
    private static final String CODE = "code";

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
                if (!name.equals(ID) && !name.equals(CODE)) {
                    throw Problem.invalidField(QuotedText.of(name), "unknown field, expected id and code");
                }
            }
            PrinterId printer = printer(body);
            AlertCode code = code(body);
            return alerts.acknowledge(printer, code).map(wasOpen -> {
                if (!wasOpen) {
                    throw Problem.of(
                                    404,
                                    "alert_not_found",
                                    "printer " + printer + " has no open alert " + code.wireName())
                            .asException();
                }
                JsonObject acknowledged =
                        new JsonObject().put(ID, printer.value()).put(CODE, code.wireName());
                return ApiResponse.json(200, acknowledged);
            });
        });
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
