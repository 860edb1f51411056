package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of a bridge's HTTP API. */
public final class HttpApi {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final String url;
    private final @Nullable String token;

    private HttpApi(String url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    /** The API on a port of 127.0.0.1. */
    public static HttpApi at(int port) {
        return new HttpApi("http://127.0.0.1:" + port, null);
    }

    /** The same with a token. */
    public HttpApi withToken(String secret) {
        return new HttpApi(url, secret);
    }

    /** The bytes of a response with status 200. */
    public byte[] bytes(String path) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request("GET", path, null), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + ": " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new AssertionError(path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    /** Sends a request asynchronously. */
    public CompletableFuture<HttpResponse<String>> getLater(String path) {
        return CLIENT.sendAsync(request("GET", path, null), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, JsonObject body) {
        return send("POST", path, body.encode());
    }

    public HttpResponse<String> patch(String path, JsonObject body) {
        return send("PATCH", path, body.encode());
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a request; a body is sent as application/json. */
    public HttpResponse<String> send(String method, String path, @Nullable String body) {
        try {
            return CLIENT.send(request(method, path, body), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Registers a printer and returns its registration. */
    public JsonObject register(JsonObject registration) {
        return json(post("/api/printers", registration), 201);
    }

    /** Sends a printer a command without arguments. */
    public HttpResponse<String> command(String id, String verb) {
        return send("POST", "/api/printers/" + id + "/commands/" + verb, null);
    }

    /** The response of {@code GET /api/printers}. */
    public JsonObject list() {
        return json(get("/api/printers"), 200);
    }

    /** The status of one printer. */
    public JsonObject status(String id) {
        return json(get("/api/printers/" + id), 200);
    }

    /** Waits until the status of a printer is as expected, within 20 seconds. */
    public JsonObject await(String id, String what, Predicate<JsonObject> expected) {
        return await(id, what, BOUND, expected);
    }

    /** Waits until the status of a printer is as expected. */
    public JsonObject await(String id, String what, Duration bound, Predicate<JsonObject> expected) {
        long end = System.nanoTime() + bound.toNanos();
        JsonObject status = status(id);
        while (!expected.test(status)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(id + " is not " + what + " within " + bound + ": " + status.encode());
            }
            LockSupport.parkNanos(20_000_000);
            status = status(id);
        }
        return status;
    }

    /** Waits until a printer is in a state, within 20 seconds. */
    public JsonObject awaitState(String id, String state) {
        return await(id, state, status -> state.equals(status.getString("state")));
    }

    /** Waits until a printer's job exceeds a progress, within 20 seconds. */
    public JsonObject awaitProgress(String id, double percent) {
        return await(
                id,
                "printing beyond " + percent + " %",
                status -> "printing".equals(status.getString("state")) && progress(status) > percent);
    }

    /** Waits until a printer is offline for a reason, within 20 seconds. */
    public JsonObject awaitOffline(String id, String reason) {
        return await(
                id,
                "offline: " + reason,
                status -> "offline".equals(status.getString("state")) && reason.equals(reason(status)));
    }

    /** Waits until a number of printers are in a state, within 20 seconds. */
    public void awaitCount(String state, int count) {
        Await.until(count + " printers " + state, BOUND, () -> {
            LockSupport.parkNanos(20_000_000);
            return list().getJsonObject("counts").getInteger(state) == count;
        });
    }

    /** Why a printer is late or offline; null if it is neither. */
    public static @Nullable String reason(JsonObject status) {
        return status.getJsonObject("poll").getString("reason");
    }

    /** File and result of the last job, such as {@code clip.gcode finished}; empty if there is none. */
    public static String lastJob(JsonObject status) {
        JsonObject last = status.getJsonObject("last_job");
        return last == null ? "" : last.getString("file") + " " + last.getString("result");
    }

    /** The progress of the job in percent, 0 where it is unknown. */
    public static double progress(JsonObject status) {
        JsonObject job = status.getJsonObject("job");
        Double progress = job == null ? null : job.getDouble("progress");
        return progress == null ? 0 : progress;
    }

    /** The body of a response with the expected status code. */
    public static JsonObject json(HttpResponse<String> response, int expected) {
        if (response.statusCode() != expected) {
            throw new AssertionError(response.request().method() + " " + response.uri() + ": expected " + expected
                    + ", got " + response.statusCode() + " " + response.body());
        }
        return new JsonObject(response.body());
    }

    /** The printers of a list. */
    public static Iterable<JsonObject> printers(JsonObject list) {
        JsonArray printers = list.getJsonArray("printers");
        return () -> printers.stream().map(JsonObject.class::cast).iterator();
    }

    private HttpRequest request(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(70))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        return request.build();
    }
}
