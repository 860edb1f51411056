package io.github.printer2mqtt;

import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.json.JsonObject;

/**
 * Some words of a cell of the table of states, and what the printer answers then.
 *
 * @param response of the printer to {@code request}, in JSON
 * @param secondResponse of the printer to the second request of some drivers, in JSON
 */
record StateSource(
        String driver, PrinterState state, String words, String request, String response, String secondResponse) {
    /** The first request of Repetier-Server's driver. */
    static final String REPETIER_LIST = "GET /printer/list/?a=list";

    StateSource(String driver, PrinterState state, String words, String request, String response) {
        this(driver, state, words, request, response, "{}");
    }

    static StateSource klipper(PrinterState state, String words, String objects) {
        return new StateSource(
                "moonraker",
                state,
                words,
                "POST /printer/objects/query",
                "{\"result\":{\"status\":{" + objects + "}}}");
    }

    static String print(String word, String more) {
        return "\"print_stats\":{\"state\":\"" + word + "\",\"filename\":\"a.gcode\"" + more + "}";
    }

    static StateSource octoPrint(PrinterState state, String word, int completion) {
        return octoPrint(state, word, "", completion);
    }

    static StateSource octoPrint(PrinterState state, String word, String condition, int completion) {
        return new StateSource(
                "octoprint",
                state,
                word + condition,
                "GET /api/job",
                "{\"state\":\"" + word
                        + "\",\"job\":{\"file\":{\"name\":\"a.gcode\",\"path\":\"a.gcode\",\"size\":1000}},"
                        + "\"progress\":{\"completion\":" + completion + "}}");
    }

    static StateSource prusaLink(PrinterState state, String word) {
        return new StateSource(
                "prusalink", state, word, "GET /api/v1/status", "{\"printer\":{\"state\":\"" + word + "\"}}");
    }

    static StateSource duet(PrinterState state, String word) {
        return duet(state, word, "", "");
    }

    static StateSource duet(PrinterState state, String word, String condition, String more) {
        return new StateSource(
                "duet",
                state,
                word + condition,
                "GET /machine/status",
                "{\"state\":{\"status\":\"" + word + "\"}" + more + "}");
    }

    /** The words are those of the print, if there is one, and its result. */
    static StateSource ultimaker(PrinterState state, String status, String condition, String job, String result) {
        String words = job.isEmpty() ? status + condition : job;
        return new StateSource(
                "ultimaker",
                state,
                result.isEmpty() ? words : words + " with result " + result,
                "GET /api/v1/printer",
                "{\"status\":\"" + status + "\"}",
                job.isEmpty() ? "{}" : "{\"state\":\"" + job + "\",\"result\":\"" + result + "\"}");
    }

    static StateSource bambu(PrinterState state, String word, String more) {
        return bambu(state, word, "", more);
    }

    static StateSource bambu(PrinterState state, String word, String condition, String more) {
        return new StateSource("bambu", state, word + condition, "", "{\"gcode_state\":\"" + word + "\"" + more + "}");
    }

    static StateSource flashforge(PrinterState state, String word, String condition, String more) {
        return new StateSource(
                "flashforge",
                state,
                word + condition,
                "POST /detail",
                "{\"code\":0,\"detail\":{\"status\":\"" + word + "\"" + more + "}}");
    }

    /** The words have the mode in which the machine moves, if it matters. */
    static StateSource flashforgeTcp(PrinterState state, String word, String move, String condition, int percent) {
        String words = (move.equals("READY") ? word : word + "/" + move) + condition;
        JsonObject response = new JsonObject()
                .put("status", word)
                .put("move", move)
                .put("file", condition.contains("without") ? "" : "a.gx")
                .put("percent", percent);
        return new StateSource("flashforge-tcp", state, words, "", response.encode());
    }

    /** The words begin with the code of the machine. */
    static StateSource elegoo(PrinterState state, String words, String print) {
        String status = "{\"CurrentStatus\":[" + words.charAt(0) + "],\"TempOfNozzle\":20,\"PrintInfo\":" + print + "}";
        return new StateSource("elegoo", state, words, "", status);
    }

    /** @param more members of the status, after a comma */
    static StateSource elegooCc2(PrinterState state, String words, int machine, int step, String more) {
        String status = "{\"machine_status\":{\"status\":" + machine + ",\"sub_status\":" + step + "}" + more + "}";
        return new StateSource("elegoo-cc2", state, words, "", status);
    }

    static StateSource creality(PrinterState state, String word, String condition, String more) {
        return new StateSource("creality", state, word + condition, "", "{\"state\":" + word + more + "}");
    }

    static StateSource repetier(PrinterState state, String words, String job, String more, int condition) {
        return new StateSource(
                "repetier",
                state,
                words,
                REPETIER_LIST,
                repetierPrinter(job, more),
                "{\"a\":{\"condition\":" + condition + "}}");
    }

    static String repetierPrinter(String job, String more) {
        return "{\"data\":[{\"slug\":\"a\",\"active\":true,\"online\":1,\"job\":\"" + job + "\"" + more + "}]}";
    }
}
