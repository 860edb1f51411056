package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.history.FinishCalendar;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.access.Right;
import io.vertx.core.Future;
import java.time.InstantSource;

/** When the running prints will be done, for calendar programs. */
record CalendarRoutes(FleetView fleet, InstantSource clock) {
    void mount(RouteTable routes) {
        routes.addWhenReady(
                Right.CALENDAR,
                GET,
                "/api/finish.ics",
                request -> Future.succeededFuture(calendar()),
                RouteTable.TOKEN);
    }

    private ApiResponse calendar() {
        byte[] calendar = FinishCalendar.of(
                fleet.snapshot().documents().stream()
                        .map(StatusDocument::status)
                        .toList(),
                clock.instant());
        return ApiResponse.of(200, "text/calendar; charset=utf-8", calendar).withHeader("Cache-Control", "no-store");
    }
}
