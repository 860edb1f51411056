package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;

/** Reads the status by HTTP, for servers without a usable push socket. */
record OctoPrintPoller(OctoPrintRequests requests, PrinterHttp http, Duration timeout, StatusReader reader) {
    Future<Reading> poll() {
        return http.within(timeout, requests::status).map(reader::read);
    }
}
