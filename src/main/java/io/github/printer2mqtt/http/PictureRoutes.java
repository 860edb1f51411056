package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.IfNoneMatch;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.picture.Picture;
import io.github.printer2mqtt.picture.PictureService;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Thumbnails of running prints and snapshots of cameras, as the printers send them. */
record PictureRoutes(FleetView fleet, PictureService pictures) {
    private static final String CACHE_CONTROL = "Cache-Control";

    void mount(RouteTable routes) {
        routes.addWhenReady(Right.READ, GET, "/api/printers/{id}/thumbnail", this::thumbnail);
        routes.addWhenReady(Right.CAMERA, GET, "/api/printers/{id}/snapshot", this::snapshot);
    }

    private Future<ApiResponse> thumbnail(RoutingContext request) {
        IfNoneMatch known = new IfNoneMatch(request.request().headers().getAll(HttpHeaders.IF_NONE_MATCH));
        return pictures.thumbnail(printer(request)).map(picture -> {
            String tag = '"' + picture.tag() + '"';
            ApiResponse response = known.matches(tag) ? ApiResponse.empty(304) : image(picture);
            return response.withHeader("ETag", tag).withHeader(CACHE_CONTROL, "private, no-cache");
        });
    }

    private Future<ApiResponse> snapshot(RoutingContext request) {
        return pictures.snapshot(printer(request)).map(picture -> image(picture).withHeader(CACHE_CONTROL, "no-store"));
    }

    private static ApiResponse image(Picture picture) {
        return ApiResponse.of(200, picture.format().contentType(), picture.bytes());
    }

    private PrinterId printer(RoutingContext request) {
        PrinterId id = PrinterRoutes.id(request);
        if (fleet.snapshot().find(id) == null) {
            throw ProblemMapper.printerNotFound(id.value()).asException();
        }
        return id;
    }
}
