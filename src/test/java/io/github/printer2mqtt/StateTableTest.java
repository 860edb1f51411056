package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.bambu.BambuFixture;
import io.github.printer2mqtt.driver.creality.CrealityMessages;
import io.github.printer2mqtt.driver.elegoo.ElegooStatuses;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/reference/status.md of how the drivers determine a state. */
class StateTableTest {
    /** The second request of OctoPrint's driver; its response does not matter here. */
    private static final String OCTOPRINT_PRINTER = "GET /api/printer?exclude=sd";

    /** The first request of Duet's driver. */
    private static final String DUET_LOGIN = "GET /rr_connect?password=reprap&sessionKey=yes";

    /** The second request of UltiMaker's driver. */
    private static final String ULTIMAKER_JOB = "GET /api/v1/print_job";

    /** The requests of Repetier-Server's driver. */
    private static final String REPETIER_LIST = "GET /printer/list/?a=list";

    private static final String REPETIER_STATES =
            "GET /printer/api/a?a=stateList&data=%7B%22includeHistory%22%3Afalse%7D";
    private static final String REPETIER_MESSAGES = "GET /printer/api/a?a=messages&data=%7B%7D";

    private static final Set<PrinterState> MADE_BY_THE_FLEET = EnumSet.of(PrinterState.OFFLINE, PrinterState.UNKNOWN);

    /**
     * Some words of a cell.
     *
     * @param response of the printer to {@code request}, in JSON
     * @param secondResponse of the printer to the second request of some drivers, in JSON
     */
    private record Source(
            String driver, PrinterState state, String words, String request, String response, String secondResponse) {
        Source(String driver, PrinterState state, String words, String request, String response) {
            this(driver, state, words, request, response, "{}");
        }
    }

    static Stream<Source> sources() {
        return Stream.of(
                klipper(PrinterState.IDLE, "standby", print("standby", "")),
                klipper(
                        PrinterState.PREPARING,
                        "printing before the first extrusion while a heater is more than 3 °C below its target",
                        print("printing", ",\"print_duration\":0")
                                + ",\"extruder\":{\"temperature\":196.5,\"target\":200}"),
                klipper(PrinterState.PRINTING, "printing", print("printing", ",\"print_duration\":5")),
                klipper(PrinterState.PAUSED, "paused", print("paused", "")),
                klipper(
                        PrinterState.PAUSED,
                        "printing while a pause begins",
                        print("printing", "") + ",\"pause_resume\":{\"is_paused\":true}"),
                klipper(PrinterState.FINISHED, "complete", print("complete", "")),
                klipper(PrinterState.CANCELLED, "cancelled", print("cancelled", "")),
                klipper(PrinterState.ERROR, "error", print("error", "")),
                klipper(PrinterState.ERROR, "Klipper in error", "\"webhooks\":{\"state\":\"error\"}"),
                klipper(PrinterState.ERROR, "Klipper in shutdown", "\"webhooks\":{\"state\":\"shutdown\"}"),
                klipper(PrinterState.BUSY, "Klipper in startup (60 s at most)", "\"webhooks\":{\"state\":\"startup\"}"),
                klipper(
                        PrinterState.BUSY,
                        "standby while a macro runs",
                        print("standby", "") + ",\"idle_timeout\":{\"state\":\"Printing\"}"),
                octoPrint(PrinterState.IDLE, "Operational", 40),
                octoPrint(PrinterState.PREPARING, "Starting", 0),
                octoPrint(PrinterState.PRINTING, "Printing", 40),
                octoPrint(PrinterState.PRINTING, "Pausing", 40),
                octoPrint(PrinterState.PRINTING, "Resuming", 40),
                octoPrint(PrinterState.PRINTING, "Finishing", 40),
                octoPrint(PrinterState.PAUSED, "Paused", 40),
                octoPrint(PrinterState.FINISHED, "Operational", " with a file at 100 %", 100),
                octoPrint(PrinterState.ERROR, "Error", 40),
                octoPrint(PrinterState.ERROR, "Offline after error", 40),
                octoPrint(PrinterState.BUSY, "Connecting", 40),
                octoPrint(PrinterState.BUSY, "Cancelling", 40),
                octoPrint(PrinterState.BUSY, "Transferring file to SD", 40),
                prusaLink(PrinterState.IDLE, "IDLE"),
                prusaLink(PrinterState.IDLE, "READY"),
                prusaLink(PrinterState.PRINTING, "PRINTING"),
                prusaLink(PrinterState.PAUSED, "PAUSED"),
                prusaLink(PrinterState.FINISHED, "FINISHED"),
                prusaLink(PrinterState.CANCELLED, "STOPPED"),
                prusaLink(PrinterState.ERROR, "ERROR"),
                prusaLink(PrinterState.ATTENTION, "ATTENTION"),
                prusaLink(PrinterState.BUSY, "BUSY"),
                duet(PrinterState.IDLE, "idle"),
                duet(
                        PrinterState.PREPARING,
                        "processing",
                        " before the first layer while a heater is more than 3 °C below its target",
                        ",\"tools\":[{\"heaters\":[0]}],\"heat\":{\"heaters\":[{\"current\":196.5,\"active\":200,"
                                + "\"state\":\"active\"}]}"),
                duet(PrinterState.PRINTING, "processing"),
                duet(PrinterState.PRINTING, "resuming"),
                duet(PrinterState.PRINTING, "changingTool", " during a print", ",\"job\":{\"duration\":9}"),
                duet(PrinterState.PAUSED, "pausing"),
                duet(PrinterState.PAUSED, "paused"),
                duet(PrinterState.ERROR, "halted"),
                new Source(
                        "duet",
                        PrinterState.ERROR,
                        "a heater with a fault",
                        "GET /machine/status",
                        "{\"state\":{\"status\":\"idle\"},\"tools\":[{\"heaters\":[0]}],"
                                + "\"heat\":{\"heaters\":[{\"state\":\"fault\"}]}}"),
                new Source(
                        "duet",
                        PrinterState.ATTENTION,
                        "a dialog that waits for an answer",
                        "GET /machine/status",
                        "{\"state\":{\"status\":\"paused\",\"messageBox\":{\"mode\":2}}}"),
                duet(PrinterState.BUSY, "starting"),
                duet(PrinterState.BUSY, "updating"),
                duet(PrinterState.BUSY, "cancelling"),
                duet(PrinterState.BUSY, "simulating"),
                duet(PrinterState.BUSY, "busy"),
                ultimaker(PrinterState.IDLE, "idle", " without a print", "", ""),
                ultimaker(PrinterState.PREPARING, "printing", "", "pre_print", ""),
                ultimaker(PrinterState.PRINTING, "printing", "", "printing", ""),
                ultimaker(PrinterState.PRINTING, "printing", "", "resuming", ""),
                ultimaker(PrinterState.PAUSED, "printing", "", "pausing", ""),
                ultimaker(PrinterState.PAUSED, "printing", "", "paused", ""),
                ultimaker(PrinterState.FINISHED, "idle", "", "wait_cleanup", "Finished"),
                ultimaker(PrinterState.CANCELLED, "idle", "", "wait_cleanup", "Aborted"),
                ultimaker(PrinterState.ERROR, "error", "", "", ""),
                ultimaker(PrinterState.ERROR, "idle", "", "wait_cleanup", "Failed"),
                ultimaker(PrinterState.ATTENTION, "idle", "", "wait_user_action", ""),
                ultimaker(PrinterState.BUSY, "booting", "", "", ""),
                ultimaker(PrinterState.BUSY, "waiting_for_peripherals", "", "", ""),
                ultimaker(PrinterState.BUSY, "maintenance", "", "", ""),
                ultimaker(PrinterState.BUSY, "printing", "", "post_print", ""),
                repetier(PrinterState.IDLE, "no job", "none", "", 1),
                repetier(PrinterState.PRINTING, "a job", "clip", "", 1),
                repetier(PrinterState.PAUSED, "a paused job", "clip", ",\"paused\":true", 1),
                repetier(PrinterState.ERROR, "condition 3", "none", "", 3),
                repetier(PrinterState.ERROR, "condition 4", "none", "", 4),
                new Source(
                        "repetier",
                        PrinterState.ERROR,
                        "a heater with an error",
                        REPETIER_LIST,
                        repetierPrinter("none", ""),
                        "{\"a\":{\"extruder\":[{\"error\":1}]}}"),
                repetier(
                        PrinterState.ATTENTION,
                        "a paused job with a message that waits",
                        "clip",
                        ",\"pauseState\":1,\"note\":\"message\"",
                        1),
                bambu(PrinterState.IDLE, "IDLE", ""),
                bambu(PrinterState.PREPARING, "PREPARE", ""),
                bambu(PrinterState.PREPARING, "SLICING", ""),
                bambu(PrinterState.PREPARING, "INIT", ""),
                bambu(
                        PrinterState.PREPARING,
                        "RUNNING",
                        " at a stage of the preparation before the first layer",
                        ",\"stg_cur\":14"),
                bambu(PrinterState.PRINTING, "RUNNING", ",\"layer_num\":3"),
                bambu(PrinterState.PAUSED, "PAUSE", ""),
                bambu(PrinterState.FINISHED, "FINISH", ""),
                bambu(PrinterState.CANCELLED, "FAILED", " without an error", ""),
                bambu(PrinterState.ERROR, "FAILED", " with an error", ",\"print_error\":50364437"),
                bambu(PrinterState.ATTENTION, "PAUSE", " with an error or a fault", ",\"print_error\":50364437"),
                bambu(PrinterState.BUSY, "IDLE", " at a stage", ",\"stg_cur\":24"),
                bambu(PrinterState.BUSY, "RUNNING", " of a calibration", ",\"print_type\":\"system\""),
                flashforge(PrinterState.IDLE, "ready", "", ""),
                flashforge(PrinterState.PREPARING, "heating", " for a print", ",\"printFileName\":\"a\""),
                flashforge(PrinterState.PRINTING, "printing", "", ""),
                flashforge(PrinterState.PAUSED, "pausing", "", ""),
                flashforge(PrinterState.PAUSED, "pause", "", ""),
                flashforge(PrinterState.PAUSED, "paused", "", ""),
                flashforge(PrinterState.FINISHED, "completed", "", ""),
                flashforge(PrinterState.CANCELLED, "cancel", "", ""),
                flashforge(PrinterState.CANCELLED, "canceling", "", ""),
                flashforge(PrinterState.CANCELLED, "cancelled", "", ""),
                flashforge(PrinterState.ERROR, "error", "", ""),
                flashforge(PrinterState.ATTENTION, "pause", " with an error", ",\"errorCode\":\"E1\""),
                flashforge(PrinterState.BUSY, "busy", "", ""),
                flashforge(PrinterState.BUSY, "calibrate_doing", "", ""),
                flashforge(PrinterState.BUSY, "downloading", "", ""),
                flashforge(PrinterState.BUSY, "unzipping", "", ""),
                flashforge(PrinterState.BUSY, "heating", " without a print", ""),
                creality(PrinterState.IDLE, "0", "", ""),
                creality(PrinterState.PREPARING, "1", " before the first layer", ",\"layer\":0,\"printProgress\":0"),
                creality(PrinterState.PREPARING, "1", " during a self-test", ",\"withSelfTest\":40"),
                creality(PrinterState.PRINTING, "1", "", ""),
                creality(PrinterState.PRINTING, "8", "", ""),
                creality(PrinterState.PRINTING, "103", "", ""),
                creality(PrinterState.PAUSED, "5", "", ""),
                creality(PrinterState.PAUSED, "6", "", ""),
                creality(PrinterState.PAUSED, "102", "", ""),
                creality(PrinterState.FINISHED, "2", "", ""),
                creality(PrinterState.CANCELLED, "4", "", ""),
                creality(PrinterState.ERROR, "3", "", ""),
                creality(PrinterState.ERROR, "1", " with an error from 1 to 100", ",\"err\":{\"errcode\":4}"),
                creality(PrinterState.ATTENTION, "0", " with another error", ",\"err\":{\"errcode\":2835}"),
                creality(PrinterState.ATTENTION, "1", " without filament", ",\"materialStatus\":1"),
                creality(PrinterState.ATTENTION, "0", " after a power loss", ",\"repoPlrStatus\":1"),
                creality(PrinterState.BUSY, "7", "", ""),
                creality(PrinterState.BUSY, "101", "", ""),
                creality(PrinterState.BUSY, "0", " while the machine moves", ",\"deviceState\":7"),
                creality(PrinterState.BUSY, "0", " while filament is fed", ",\"feedState\":104"),
                elegoo(PrinterState.IDLE, "0/0", "{}"),
                elegoo(PrinterState.PREPARING, "1/1 before the first layer", "{\"Status\":1}"),
                elegoo(PrinterState.PREPARING, "1/10 and 1/11 likewise", "{\"Status\":10}"),
                elegoo(PrinterState.PREPARING, "1/15 to 1/23 likewise", "{\"Status\":20,\"CurrentLayer\":0}"),
                elegoo(PrinterState.PRINTING, "1/13", "{\"Status\":13}"),
                elegoo(PrinterState.PRINTING, "1 with any other step", "{\"Status\":20,\"CurrentLayer\":1}"),
                elegoo(PrinterState.PAUSED, "1/5", "{\"Status\":5}"),
                elegoo(PrinterState.PAUSED, "1/6", "{\"Status\":6}"),
                elegoo(PrinterState.FINISHED, "0/9", "{\"Status\":9}"),
                elegoo(PrinterState.CANCELLED, "0/8", "{\"Status\":8}"),
                elegoo(PrinterState.ERROR, "0/14", "{\"Status\":14}"),
                elegoo(PrinterState.ERROR, "0 with an error number", "{\"ErrorNumber\":3}"),
                elegoo(PrinterState.ATTENTION, "1/25 and 1/26", "{\"Status\":26}"),
                elegoo(PrinterState.ATTENTION, "1 with an error number", "{\"Status\":6,\"ErrorNumber\":3}"),
                elegoo(PrinterState.BUSY, "2 to 11", "{}"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void driverDeterminesTheState(Source source) {
        if (source.driver().equals("bambu")) {
            assertThat(BambuFixture.stateOf(new JsonObject(source.response()))).isEqualTo(source.state());
            return;
        }
        if (source.driver().equals("elegoo")) {
            assertThat(ElegooStatuses.stateOf(source.response())).isEqualTo(source.state());
            return;
        }
        if (source.driver().equals("creality")) {
            assertThat(CrealityMessages.stateOf(new JsonObject(source.response())))
                    .isEqualTo(source.state());
            return;
        }
        try (DriverFixture fixture = new DriverFixture()) {
            fixture.printer()
                    .answer(source.request(), CannedResponse.json(200, source.response()))
                    .answer(OCTOPRINT_PRINTER, CannedResponse.empty(409))
                    .answer(
                            ULTIMAKER_JOB,
                            source.secondResponse().equals("{}")
                                    ? CannedResponse.empty(404)
                                    : CannedResponse.json(200, source.secondResponse()))
                    .answer(REPETIER_STATES, CannedResponse.json(200, source.secondResponse()))
                    .answer(
                            REPETIER_MESSAGES,
                            CannedResponse.json(
                                    200, "[{\"pause\":" + source.response().contains("note") + "}]"))
                    .answer(DUET_LOGIN, CannedResponse.json(200, "{\"err\":0,\"isEmulated\":true}"));
            Driver driver = Objects.requireNonNull(Drivers.byId().get(source.driver()));

            assertThat(fixture.open(driver, Credentials.none()).poll().state()).isEqualTo(source.state());
        }
    }

    @Test
    void tableMatchesTheSources() {
        List<String> expected = new ArrayList<>();
        expected.add(row("state", driver -> "`" + driver + "`"));
        expected.add("|---".repeat(Drivers.all().size() + 1) + "|");
        for (PrinterState state : EnumSet.complementOf(EnumSet.copyOf(MADE_BY_THE_FLEET))) {
            expected.add(row("`" + state.wireName() + "`", driver -> cell(driver, state)));
        }
        MarkdownDocument document = MarkdownDocument.reference("status.md");
        List<String> found = document.chapter("## States")
                .lines()
                .dropWhile(line -> !line.startsWith("How the drivers"))
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(found)
                .as("%s must have this table:%n%s%n", document.path(), String.join("\n", expected))
                .isEqualTo(expected);
    }

    private static String row(String first, Function<String, String> cell) {
        return Drivers.all().stream()
                .map(driver -> cell.apply(driver.id()))
                .collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }

    private static String cell(String driver, PrinterState state) {
        String words = sources()
                .filter(source -> source.driver().equals(driver) && source.state() == state)
                .map(Source::words)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "never" : words;
    }

    private static Source klipper(PrinterState state, String words, String objects) {
        return new Source(
                "moonraker",
                state,
                words,
                "POST /printer/objects/query",
                "{\"result\":{\"status\":{" + objects + "}}}");
    }

    private static String print(String word, String more) {
        return "\"print_stats\":{\"state\":\"" + word + "\",\"filename\":\"a.gcode\"" + more + "}";
    }

    private static Source octoPrint(PrinterState state, String word, int completion) {
        return octoPrint(state, word, "", completion);
    }

    private static Source octoPrint(PrinterState state, String word, String condition, int completion) {
        return new Source(
                "octoprint",
                state,
                word + condition,
                "GET /api/job",
                "{\"state\":\"" + word
                        + "\",\"job\":{\"file\":{\"name\":\"a.gcode\",\"path\":\"a.gcode\",\"size\":1000}},"
                        + "\"progress\":{\"completion\":" + completion + "}}");
    }

    private static Source prusaLink(PrinterState state, String word) {
        return new Source("prusalink", state, word, "GET /api/v1/status", "{\"printer\":{\"state\":\"" + word + "\"}}");
    }

    private static Source duet(PrinterState state, String word) {
        return duet(state, word, "", "");
    }

    private static Source duet(PrinterState state, String word, String condition, String more) {
        return new Source(
                "duet",
                state,
                word + condition,
                "GET /machine/status",
                "{\"state\":{\"status\":\"" + word + "\"}" + more + "}");
    }

    /** The words are those of the print, if there is one, and its result. */
    private static Source ultimaker(PrinterState state, String status, String condition, String job, String result) {
        String words = job.isEmpty() ? status + condition : job;
        return new Source(
                "ultimaker",
                state,
                result.isEmpty() ? words : words + " with result " + result,
                "GET /api/v1/printer",
                "{\"status\":\"" + status + "\"}",
                job.isEmpty() ? "{}" : "{\"state\":\"" + job + "\",\"result\":\"" + result + "\"}");
    }

    private static Source bambu(PrinterState state, String word, String more) {
        return bambu(state, word, "", more);
    }

    private static Source bambu(PrinterState state, String word, String condition, String more) {
        return new Source("bambu", state, word + condition, "", "{\"gcode_state\":\"" + word + "\"" + more + "}");
    }

    private static Source flashforge(PrinterState state, String word, String condition, String more) {
        return new Source(
                "flashforge",
                state,
                word + condition,
                "POST /detail",
                "{\"code\":0,\"detail\":{\"status\":\"" + word + "\"" + more + "}}");
    }

    /** The words begin with the code of the machine. */
    private static Source elegoo(PrinterState state, String words, String print) {
        String status = "{\"CurrentStatus\":[" + words.charAt(0) + "],\"TempOfNozzle\":20,\"PrintInfo\":" + print + "}";
        return new Source("elegoo", state, words, "", status);
    }

    private static Source creality(PrinterState state, String word, String condition, String more) {
        return new Source("creality", state, word + condition, "", "{\"state\":" + word + more + "}");
    }

    private static Source repetier(PrinterState state, String words, String job, String more, int condition) {
        return new Source(
                "repetier",
                state,
                words,
                REPETIER_LIST,
                repetierPrinter(job, more),
                "{\"a\":{\"condition\":" + condition + "}}");
    }

    private static String repetierPrinter(String job, String more) {
        return "{\"data\":[{\"slug\":\"a\",\"active\":true,\"online\":1,\"job\":\"" + job + "\"" + more + "}]}";
    }
}
