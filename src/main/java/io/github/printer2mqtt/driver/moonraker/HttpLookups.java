package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Looks files and past prints up by HTTP, in the time that a reading has left. */
record HttpLookups(ReadingDeadline deadline, Map<String, String> headers) implements Lookups {
    @Override
    public Future<Optional<LenientJson>> metadata(String file) {
        return get(metadataPath(file));
    }

    static String metadataPath(String file) {
        return "/server/files/metadata?filename="
                + URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Future<Optional<LenientJson>> history() {
        return get("/server/history/list?limit=1");
    }

    private Future<Optional<LenientJson>> get(String path) {
        return deadline.ifTimeAllows(
                exchange -> exchange.send(PrinterRequest.get(path, headers)).map(HttpLookups::result));
    }

    private static LenientJson result(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw new PrinterException(FailureReason.UNREADABLE, "no result (HTTP " + response.status() + ")");
        }
        return LenientJson.of(response.json()).at("result");
    }
}
