package io.github.printer2mqtt.bench.farm;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prepared responses of healthy printers, made from responses recorded from the real programs. Those with temperatures exist
 * once for each value of a counter that is encoded in the bed temperature, which lets a subscriber identify the response.
 * Consecutive values differ enough to be published.
 */
final class FarmResponses {
    /** The number of values of the counter. */
    static final int VALUES = 50;

    private static final double LEAST_CELSIUS = 52.5;
    private static final double STEP_CELSIUS = 0.3;

    private final List<ByteBuffer> octoprintPrinter;
    private final List<ByteBuffer> moonrakerQuery;
    private final List<ByteBuffer> prusalinkStatus;
    private final ByteBuffer octoprintJob;
    private final ByteBuffer moonrakerMetadata;
    private final ByteBuffer prusalinkJob;
    private final ByteBuffer prusalinkVersion;
    private final ByteBuffer nothing;

    private FarmResponses(
            List<ByteBuffer> octoprintPrinter,
            List<ByteBuffer> moonrakerQuery,
            List<ByteBuffer> prusalinkStatus,
            ByteBuffer octoprintJob,
            ByteBuffer moonrakerMetadata,
            ByteBuffer prusalinkJob,
            ByteBuffer prusalinkVersion,
            ByteBuffer nothing) {
        this.octoprintPrinter = octoprintPrinter;
        this.moonrakerQuery = moonrakerQuery;
        this.prusalinkStatus = prusalinkStatus;
        this.octoprintJob = octoprintJob;
        this.moonrakerMetadata = moonrakerMetadata;
        this.prusalinkJob = prusalinkJob;
        this.prusalinkVersion = prusalinkVersion;
        this.nothing = nothing;
    }

    static FarmResponses prepare() {
        JsonObject octoprint = recorded("octoprint/virtual-1.11.8-printing.json");
        JsonObject moonraker = recorded("moonraker/simulated-0.13-printing.json");
        return new FarmResponses(
                counted(
                        json(octoprint, "GET /api/printer?exclude=sd"),
                        "\"bed\":{\"actual\":60.0",
                        "\"bed\":{\"actual\":"),
                counted(
                        json(moonraker, "POST /printer/objects/query"),
                        "\"heater_bed\":{\"temperature\":63.84",
                        "\"heater_bed\":{\"temperature\":"),
                counted(raw("mk4-6.3-printing-status.http"), "\"temp_bed\":59.5", "\"temp_bed\":"),
                bytes(json(octoprint, "GET /api/job")),
                bytes(json(moonraker, "GET /server/files/metadata?filename=cube.gcode")),
                bytes(raw("mk4-6.3-printing-job.http")),
                bytes(raw("mk3s-pi-0.8.1-version.http").replace("HTTP/1.0", "HTTP/1.1")),
                bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    }

    /** The response to a request. */
    Response to(Protocol protocol, String path) {
        return switch (protocol) {
            case OCTOPRINT ->
                path.startsWith("/api/printer")
                        ? new Response(octoprintPrinter, false, true, true)
                        : path.startsWith("/api/job")
                                ? new Response(List.of(octoprintJob), true, false, true)
                                : new Response(List.of(nothing), false, false, false);
            case MOONRAKER ->
                path.startsWith("/printer/objects/query")
                        ? new Response(moonrakerQuery, true, true, false)
                        : new Response(
                                List.of(path.startsWith("/server/files/metadata") ? moonrakerMetadata : nothing),
                                false,
                                false,
                                false);
            case PRUSALINK ->
                path.startsWith("/api/v1/status")
                        ? new Response(prusalinkStatus, true, true, false)
                        : new Response(
                                List.of(
                                        path.startsWith("/api/v1/job")
                                                ? prusalinkJob
                                                : path.startsWith("/api/version") ? prusalinkVersion : nothing),
                                false,
                                false,
                                false);
        };
    }

    /**
     * A prepared response.
     *
     * @param values one for each value of the counter, or a single one
     * @param startsPoll true for the first response of a poll
     * @param completesPoll true for the last response of a poll
     * @param isHalf true if a poll needs two responses, so that each has half of the latency
     */
    record Response(List<ByteBuffer> values, boolean startsPoll, boolean completesPoll, boolean isHalf) {
        ByteBuffer bytes(int counter) {
            return values.get(counter % values.size()).duplicate();
        }
    }

    /** The counter value that this bed temperature encodes; -1 if none. */
    static int counterOf(double celsius) {
        long value = Math.round((celsius - LEAST_CELSIUS) / STEP_CELSIUS);
        boolean known = value >= 0 && value < VALUES && Math.abs(celsius(value) - celsius) < 0.05;
        return known ? (int) value : -1;
    }

    private static double celsius(long counter) {
        return LEAST_CELSIUS + STEP_CELSIUS * counter;
    }

    private static List<ByteBuffer> counted(String template, String recorded, String key) {
        if (!template.contains(recorded)) {
            throw new IllegalStateException("the recorded response has no " + recorded);
        }
        int digits = recorded.length() - key.length() - 3;
        List<ByteBuffer> all = new ArrayList<>();
        for (int counter = 0; counter < VALUES; counter++) {
            String value = String.format(Locale.ROOT, "%." + digits + "f", celsius(counter));
            all.add(bytes(template.replace(recorded, key + value)));
        }
        return all;
    }

    private static String json(JsonObject recorded, String request) {
        String body = recorded.getJsonObject("answers")
                .getJsonObject(request)
                .getJsonObject("body")
                .encode();
        return "HTTP/1.1 200 OK\r\nServer: simulated\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static JsonObject recorded(String name) {
        return new JsonObject(text(name));
    }

    private static String raw(String name) {
        return text("prusalink/http/" + name);
    }

    private static String text(String name) {
        try (InputStream in = FarmResponses.class.getResourceAsStream("/driver/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no recorded answer " + name + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
        direct.put(bytes).flip();
        return direct.asReadOnlyBuffer();
    }
}
