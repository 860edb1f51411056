package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.history.TemperatureService;
import io.github.printer2mqtt.http.list.ListCache;
import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.ContentEncoding;
import io.github.printer2mqtt.http.message.IfNoneMatch;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.monitor.RecentPollsDocument;
import io.github.printer2mqtt.text.InvalidValueException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The printer list, single printers, their last polls and temperatures. */
record PrinterRoutes(FleetView fleet, MonitoringService monitoring, TemperatureService temperatures, ListCache lists) {
    void mountList(RouteTable routes) {
        routes.addWhenReady(
                Right.READ, GET, "/api/printers", this::list, "state", "group", "tag", "site", "fields", "fresh");
    }

    void mountOne(RouteTable routes) {
        routes.addWhenReady(Right.READ, GET, "/api/printers/{id}", this::get, "fresh");
        routes.addWhenReady(Right.READ, GET, "/api/printers/{id}/polls", this::polls);
        routes.addWhenReady(Right.READ, GET, "/api/printers/{id}/temperatures", this::temperatures);
    }

    private Future<ApiResponse> list(RoutingContext request) {
        MultiMap parameters = request.queryParams();
        HttpServerRequest http = request.request();
        ListQuery query = ListQuery.parse(http.query());
        ContentEncoding encoding = ContentEncoding.negotiate(http.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
        IfNoneMatch known = new IfNoneMatch(http.headers().getAll(HttpHeaders.IF_NONE_MATCH));
        if (ListQuery.isFresh(parameters)) {
            return monitoring.pollAll().compose(polled -> lists.respond(query, encoding, known));
        }
        return lists.respond(query, encoding, known);
    }

    private Future<ApiResponse> get(RoutingContext request) {
        StatusDocument known = document(request);
        if (ListQuery.isFresh(request.queryParams())) {
            return monitoring
                    .pollNow(known.status().id())
                    .map(polled -> ApiResponse.json(200, document(request).bytes()));
        }
        return Future.succeededFuture(ApiResponse.json(200, known.bytes()));
    }

    private Future<ApiResponse> polls(RoutingContext request) {
        PrinterId printer = document(request).status().id();
        return monitoring.recentPolls(printer).map(recent -> ApiResponse.json(200, RecentPollsDocument.of(recent)));
    }

    private Future<ApiResponse> temperatures(RoutingContext request) {
        PrinterId printer = document(request).status().id();
        return temperatures.temperatures(printer).map(document -> ApiResponse.json(200, document));
    }

    private StatusDocument document(RoutingContext request) {
        PrinterId id = id(request);
        StatusDocument document = fleet.snapshot().find(id);
        if (document == null) {
            throw ProblemMapper.printerNotFound(id.value()).asException();
        }
        return document;
    }

    /** The printer id in the path. Text that is no valid id gives 404 as well. */
    static PrinterId id(RoutingContext request) {
        String text = request.pathParam("id");
        try {
            return new PrinterId(text);
        } catch (InvalidValueException e) {
            throw ProblemMapper.printerNotFound(text).asException();
        }
    }
}
