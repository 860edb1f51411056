package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.ReplayPrinter;
import org.jspecify.annotations.Nullable;

/** Answers of a standalone board with one nozzle and a bed, in the order in which they change during a print. */
final class DuetAnswers {
    static final String LOGIN = "GET /rr_connect?password=secret&sessionKey=yes";
    static final String LIVE = "GET /rr_model?flags=d99fni";
    static final String REPLY = "GET /rr_reply";

    private final ReplayPrinter printer;
    private String dialog = "null";
    private int jobSequence;
    private int replySequence;
    private int upTime = 100;

    DuetAnswers(ReplayPrinter printer) {
        this.printer = printer;
        login("1");
        key("heat", "{\"bedHeaters\":[0],\"chamberHeaters\":[-1]}");
        key("tools", "[{\"heaters\":[1]}]");
        key("state", "{\"messageBox\":null}");
        key("boards", "[{\"name\":\"Duet 3 MB6HC\"}]");
        idle(null);
    }

    static String keyPath(String key) {
        return "GET /rr_model?key=" + key + "&flags=d99vn";
    }

    void login(String sessionKey) {
        printer.answer(
                LOGIN,
                CannedResponse.json(
                        200,
                        "{\"err\":0,\"sessionTimeout\":8000,\"boardType\":\"duet3\",\"apiLevel\":1,\"sessionKey\":"
                                + sessionKey + "}"));
    }

    private void key(String key, String value) {
        printer.answer(keyPath(key), CannedResponse.json(200, "{\"key\":\"" + key + "\",\"result\":" + value + "}"));
    }

    /** After a print of a file, whose end asks somebody to take it off. */
    void idleWithDialog(String lastFile) {
        dialog = "{\"mode\":2,\"message\":\"Take it off\"}";
        idle(lastFile);
        dialog = "null";
    }

    /** After a print of a file, or after none if it is null. */
    void idle(@Nullable String lastFile) {
        jobSequence++;
        String last = lastFile == null ? "null" : "\"0:/gcodes/" + lastFile + "\"";
        key("job", "{\"file\":{\"fileName\":null,\"size\":0},\"lastFileName\":" + last + "}");
        live("idle", "off", 0, "null");
    }

    /** A print of {@code clip.gcode} with a size of 1000 bytes. */
    void start() {
        jobSequence++;
        key("job", "{\"file\":{\"fileName\":\"0:/gcodes/clip.gcode\",\"size\":1000},\"lastFileName\":null}");
        job("processing", 10);
    }

    void job(String status, int position) {
        live(status, "active", position, String.valueOf(position));
    }

    void nozzleState(String state) {
        live("processing", state, 500, "500");
    }

    void reply(String text) {
        replySequence++;
        printer.answer(REPLY, CannedResponse.of(200, "text/plain", text));
    }

    void restart() {
        upTime = 1;
    }

    void live(String status, String heaterState, int position, String duration) {
        printer.answer(LIVE, CannedResponse.json(200, live(status, heaterState, position, duration, upTime)));
    }

    private String live(String status, String heaterState, int position, String duration, int seconds) {
        return "{\"key\":\"\",\"result\":{\"heat\":{\"heaters\":[{\"current\":60,\"active\":60,\"state\":\"active\"},"
                + "{\"current\":200,\"active\":200,\"state\":\"" + heaterState + "\"}]},"
                + "\"job\":{\"duration\":" + duration + ",\"filePosition\":" + position + ",\"layer\":1},"
                + "\"seqs\":{\"job\":" + jobSequence + ",\"heat\":1,\"tools\":1,\"state\":1,\"boards\":1,\"reply\":"
                + replySequence + "},"
                + "\"state\":{\"currentTool\":0,\"messageBox\":" + dialog + ",\"status\":\"" + status + "\",\"upTime\":"
                + seconds
                + "}}}";
    }
}
