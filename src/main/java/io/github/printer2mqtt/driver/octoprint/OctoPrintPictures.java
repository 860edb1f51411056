package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.FoundPicture.None;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PictureLink;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The thumbnail that a plug-in (1.x) or OctoPrint itself (2.0) took out of the printed file, and the camera of the settings. Source:
 * {@code server/api/files.py} and {@code settings.py} of OctoPrint, and the plug-ins that add {@code thumbnail} to a file.
 */
record OctoPrintPictures(OctoPrintRequests requests, PrinterAddress address) {
    Future<FoundPicture> thumbnail(Exchange exchange) {
        return get(exchange, "/api/job").compose(response -> {
            LenientJson file = body(response).at("job", "file");
            String path = file.text("path");
            String origin = file.text("origin");
            String encoded =
                    path == null ? null : PictureLink.encoded((origin == null ? "local" : origin) + "/" + path);
            return encoded == null
                    ? Future.succeededFuture(new None())
                    : get(exchange, "/api/files/" + encoded).compose(resource -> follow(link(resource), exchange));
        });
    }

    private @Nullable String link(PrinterResponse resource) {
        if (resource.status() == 404) {
            return null;
        }
        LenientJson file = body(resource);
        String own = file.text("refs", "thumbnail");
        return own == null ? file.text("thumbnail") : own;
    }

    Future<FoundPicture> snapshot(Exchange exchange) {
        return get(exchange, "/api/settings").compose(response -> {
            LenientJson webcam = body(response).at("webcam");
            return follow(webcam.isFalse("webcamEnabled") ? null : webcam.text("snapshotUrl"), exchange);
        });
    }

    private Future<FoundPicture> follow(@Nullable String link, Exchange exchange) {
        return PictureLink.follow(link, address, path -> get(exchange, path), requests.credentialsAdvice());
    }

    private LenientJson body(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, requests.credentialsAdvice());
        }
        return LenientJson.of(response.json());
    }

    private Future<PrinterResponse> get(Exchange exchange, String path) {
        return exchange.send(PrinterRequest.get(path, requests.headers()));
    }
}
