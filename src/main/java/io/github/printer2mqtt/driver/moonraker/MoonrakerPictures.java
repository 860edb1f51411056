package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.FoundPicture.AtPort;
import io.github.printer2mqtt.driver.FoundPicture.AtUrl;
import io.github.printer2mqtt.driver.FoundPicture.None;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PictureLink;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The thumbnail that Moonraker took out of the printed file, and the first camera. Source: {@code file_manager.py} and {@code
 * webcam.py} of Moonraker 0.9.
 */
record MoonrakerPictures(Map<String, String> headers, String credentialsAdvice) {
    /** Thumbnails are for cards, and slicers embed pictures of several sizes. */
    private static final int WANTED_PIXELS = 400;

    /** Where Mainsail and Fluidd are served, to which the addresses of cameras are relative. */
    private static final int WEB_PORT = 80;

    Future<FoundPicture> thumbnail(Exchange exchange) {
        return get(exchange, "/printer/objects/query?print_stats=filename")
                .map(response -> result(response).text("status", "print_stats", "filename"))
                .compose(file -> file == null ? none() : thumbnailOf(file, exchange));
    }

    private Future<FoundPicture> thumbnailOf(String file, Exchange exchange) {
        return get(exchange, HttpLookups.metadataPath(file)).compose(response -> {
            // A file that is not scanned yet or was deleted has no metadata.
            String path = response.status() == 404 ? null : path(file, result(response));
            return path == null
                    ? none()
                    : get(exchange, "/server/files/gcodes/" + path)
                            .map(picture -> PictureLink.found(picture, credentialsAdvice));
        });
    }

    /** The path of a file's thumbnail, which is relative to the folder of the file; null if it has none or it leads elsewhere. */
    static @Nullable String path(String file, LenientJson metadata) {
        String relative = metadata.elements("thumbnails").stream()
                .filter(thumbnail -> thumbnail.text("relative_path") != null)
                .min(Comparator.comparingInt(MoonrakerPictures::distance))
                .map(thumbnail -> thumbnail.text("relative_path"))
                .orElse(null);
        return relative == null ? null : PictureLink.encoded(file.substring(0, file.lastIndexOf('/') + 1) + relative);
    }

    /** Prefers the largest that is not larger than wanted. */
    private static int distance(LenientJson thumbnail) {
        Integer width = thumbnail.integer("width");
        int pixels = width == null ? 0 : Math.max(0, width);
        return pixels <= WANTED_PIXELS ? WANTED_PIXELS - pixels : pixels;
    }

    Future<FoundPicture> snapshot(Exchange exchange) {
        return get(exchange, "/server/webcams/list")
                .map(response -> response.status() == 404
                        ? new None()
                        : result(response).elements("webcams").stream()
                                .filter(camera -> !camera.isFalse("enabled"))
                                .map(camera -> camera.text("snapshot_url"))
                                .filter(url -> url != null)
                                .findFirst()
                                .map(MoonrakerPictures::camera)
                                .orElse(new None()));
    }

    private static FoundPicture camera(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean isAbsolute = lower.startsWith("http:") || lower.startsWith("https:") || url.startsWith("//");
        return isAbsolute ? new AtUrl(url) : new AtPort(WEB_PORT, url.startsWith("/") ? url : "/" + url);
    }

    private LenientJson result(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, credentialsAdvice);
        }
        return LenientJson.of(response.json()).at("result");
    }

    private Future<PrinterResponse> get(Exchange exchange, String path) {
        return exchange.send(PrinterRequest.get(path, headers));
    }

    private static Future<FoundPicture> none() {
        return Future.succeededFuture(new None());
    }
}
