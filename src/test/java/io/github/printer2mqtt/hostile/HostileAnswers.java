package io.github.printer2mqtt.hostile;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** HTTP responses and documents of protocols, for hostile printers. */
final class HostileAnswers {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    /** The status of an idle Moonraker. */
    static final String IDLE = moonraker("standby", null, 0, 0);

    private HostileAnswers() {}

    /** A response with a correct length. */
    static Buffer http(String head, Buffer body) {
        return Buffer.buffer(head + "Content-Length: " + body.length() + "\r\n\r\n")
                .appendBuffer(body);
    }

    static Buffer http(String head, String body) {
        return http(head, Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** 200 with JSON. */
    static Buffer json(String text) {
        return http(OK, text);
    }

    /** A status code with an HTML page. */
    static Buffer page(String statusLine) {
        return http(
                "HTTP/1.1 " + statusLine + "\r\nContent-Type: text/html\r\n",
                "<html><h1>" + statusLine + "</h1></html>");
    }

    /** Moonraker's status of a print. */
    static String moonraker(String state, @Nullable String file, double elapsed, double progress) {
        return moonraker(printStats(state, file, elapsed), progress);
    }

    static JsonObject printStats(String state, @Nullable String file, double elapsed) {
        return new JsonObject()
                .put("state", state)
                .put("filename", file == null ? "" : file)
                .put("print_duration", elapsed)
                .put("message", "");
    }

    static String moonraker(JsonObject printStats, double progress) {
        JsonObject share = new JsonObject().put("progress", progress);
        return status(new JsonObject()
                .put("webhooks", new JsonObject().put("state", "ready"))
                .put("print_stats", printStats)
                .put("virtual_sdcard", share)
                .put("display_status", share)
                .put("extruder", new JsonObject().put("temperature", 210.2).put("target", 210.0))
                .put("heater_bed", new JsonObject().put("temperature", 60.1).put("target", 60.0)));
    }

    static String status(JsonObject status) {
        return new JsonObject()
                .put("result", new JsonObject().put("status", status))
                .encode();
    }

    /** PrusaLink's status. */
    static String prusalink(String state, long job, double progress, long elapsed) {
        return new JsonObject()
                .put(
                        "printer",
                        new JsonObject()
                                .put("state", state)
                                .put("temp_nozzle", 210)
                                .put("target_nozzle", 210)
                                .put("speed", 100))
                .put(
                        "job",
                        new JsonObject()
                                .put("id", job)
                                .put("progress", progress)
                                .put("time_printing", elapsed)
                                .put("time_remaining", 60))
                .encode();
    }

    /** OctoPrint's job. */
    static String octoprint(String state, @Nullable Object completion) {
        return new JsonObject()
                .put("state", state)
                .put(
                        "job",
                        new JsonObject()
                                .put(
                                        "file",
                                        new JsonObject()
                                                .put("name", "a.gcode")
                                                .put("path", "a.gcode")
                                                .put("origin", "local")))
                .put("progress", new JsonObject().put("completion", completion).put("printTime", 100))
                .encode();
    }
}
