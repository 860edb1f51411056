package io.github.printer2mqtt.bench.baseline;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Polls printers sequentially with one request each and waits for those that do not respond. It sends fewer requests than
 * the bridge, which needs two for an OctoPrint.
 */
public final class SequentialDashboard {
    private final List<JsonObject> printers;
    private final Duration timeout;
    private final HttpClient client;

    public SequentialDashboard(List<JsonObject> printers, Duration timeout) {
        this.printers = printers;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** The time that one request to every printer takes. */
    public Duration refresh() throws InterruptedException {
        long begin = System.nanoTime();
        int answered = 0;
        for (JsonObject printer : printers) {
            if (responds(printer)) {
                answered++;
            }
        }
        if (answered == 0) {
            throw new IllegalStateException("no printer responded to the dashboard");
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private boolean responds(JsonObject printer) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(printer.getString("address") + path(printer.getString("driver"))))
                .timeout(timeout);
        JsonObject credentials = printer.getJsonObject("credentials");
        if (credentials != null) {
            request.header("X-Api-Key", credentials.getString("api_key"));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String path(String driver) {
        return switch (driver) {
            case "octoprint" -> "/api/job";
            case "moonraker" -> "/printer/objects/query?print_stats";
            case "prusalink" -> "/api/v1/status";
            default -> throw new IllegalArgumentException("found the driver " + driver);
        };
    }
}
