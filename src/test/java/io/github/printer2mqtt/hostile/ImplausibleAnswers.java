package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.json;
import static io.github.printer2mqtt.hostile.HostileAnswers.moonraker;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.SocketFaults.responds;
import static io.github.printer2mqtt.hostile.SocketFaults.write;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Printers with correct HTTP and impossible values. None of them ever finishes a print. */
final class ImplausibleAnswers {
    private static final String STATUS = "GET /api/v1/status";
    private static final String JOB = "GET /api/job";
    private static final String DIED = "{\"webhooks\":{\"state\":\"shutdown\",\"state_message\":\"MCU gone\"},"
            + "\"print_stats\":{\"state\":\"printing\",\"filename\":\"a.gcode\",\"print_duration\":100.0}}";

    private ImplausibleAnswers() {}

    static List<HostileBehaviour> all() {
        return Stream.of(byMoonraker(), byPrusaLink(), byOctoPrint())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileBehaviour> byMoonraker() {
        return List.of(
                shown("printing", "has progressed 900 %", responds(json(moonraker("printing", "a.gcode", 100, 9)))),
                shown("printing", "has progressed -500 %", responds(json(moonraker("printing", "a.gcode", 100, -5)))),
                shown(
                        "printing",
                        "has printed for a billion years",
                        responds(json(moonraker("printing", "a.gcode", 3e16, 0.5)))),
                shown(
                        "printing",
                        "is hot as the sun",
                        responds(json(moonraker("printing", "a.gcode", 100, 0.5)
                                .replace("210.2", "1e9")
                                .replace("60.1", "-5000")))),
                shown(
                        "busy",
                        "uses words that nobody knows",
                        responds(json(moonraker("levitating", "a.gcode", 100, 0.5)))),
                shown(
                        "busy",
                        "uses words of 100 KB",
                        responds(json(moonraker("x".repeat(100_000), "a.gcode", 100, 0.5)))),
                shown(
                        "printing",
                        "progresses backwards",
                        each(n -> moonraker("printing", "a.gcode", 100 + n, Math.max(0, 1 - n / 20.0)))),
                shown(
                        "printing",
                        "travels back in time",
                        each(n -> moonraker("printing", "a.gcode", Math.max(0, 90_000 - 100.0 * n), 0.5))),
                shown(
                        "printing",
                        "prints another file each time",
                        each(n -> moonraker("printing", n + ".gcode", 100, 0.5))),
                shown(
                        "printing",
                        "has always just reached 100 %",
                        each(n -> moonraker("printing", "a.gcode", n, n % 2 == 0 ? 1 : 0.99))),
                shown(
                        "printing",
                        "stands in for two printers",
                        each(n -> n % 2 == 0
                                ? moonraker("printing", "left.gcode", 500, 0.5)
                                : moonraker("complete", "right.gcode", 9000, 1))),
                shown(
                        "printing",
                        "stands in for two that print",
                        each(n -> n % 2 == 0
                                ? moonraker("printing", "left.gcode", 500, 0.5)
                                : moonraker("printing", "right.gcode", 9000, 0.99))),
                shown(
                        "printing",
                        "forgets now and then what it does",
                        each(n -> n % 3 == 0
                                ? moonraker("standby", null, 0, 0)
                                : moonraker("printing", "a.gcode", 100, 0.99))),
                shown("printing", "answers every other poll", everyOther()),
                shown(
                        "error",
                        "dies and rises",
                        each(n -> n % 2 == 0
                                ? HostileAnswers.status(new JsonObject(DIED))
                                : moonraker("printing", "a.gcode", 100, 0.99))));
    }

    private static List<HostileBehaviour> byPrusaLink() {
        return List.of(
                shown(
                                "printing",
                                "has another job each time",
                                answering(STATUS, n -> HostileAnswers.prusalink("PRINTING", n, 99, 100)))
                        .by("prusalink"),
                shown(
                                "finished",
                                "has finished what it never began",
                                answering(STATUS, n -> HostileAnswers.prusalink("FINISHED", n, 100, 100)))
                        .by("prusalink"),
                shown(
                                "printing",
                                "finishes the job of another",
                                answering(
                                        STATUS,
                                        n -> n % 2 == 0
                                                ? HostileAnswers.prusalink("PRINTING", 7, 99, 100)
                                                : HostileAnswers.prusalink("FINISHED", 8, 100, 100)))
                        .by("prusalink"));
    }

    private static List<HostileBehaviour> byOctoPrint() {
        return List.of(
                shown(
                                "printing",
                                "stops at 900 %",
                                answering(
                                        JOB,
                                        n -> n % 2 == 0
                                                ? HostileAnswers.octoprint("Printing", 50)
                                                : HostileAnswers.octoprint("Operational", 900)))
                        .by("octoprint"),
                shown(
                                "printing",
                                "stops at a text of 100 %",
                                answering(
                                        JOB,
                                        n -> n % 2 == 0
                                                ? HostileAnswers.octoprint("Printing", 50)
                                                : HostileAnswers.octoprint("Operational", "100")))
                        .by("octoprint"));
    }

    /** A Moonraker with another status in each response, and without file metadata. */
    private static Function<Vertx, Endpoint> each(IntFunction<String> document) {
        return answering("POST /printer/objects/query", document);
    }

    private static Function<Vertx, Endpoint> answering(String line, IntFunction<String> document) {
        return vertx -> {
            AtomicInteger polls = new AtomicInteger();
            return SocketFaults.on((socket, request, n) -> write(
                            socket,
                            request.startsWith(line + " ")
                                    ? json(document.apply(polls.incrementAndGet()))
                                    : HostileAnswers.page("409 Conflict")))
                    .apply(vertx);
        };
    }

    /** It announces the close, so that the request is not repeated. */
    private static Function<Vertx, Endpoint> everyOther() {
        Buffer printing = HostileAnswers.http(
                HostileAnswers.OK + "Connection: close\r\n", moonraker("printing", "a.gcode", 100, 0.5));
        return vertx -> {
            AtomicInteger polls = new AtomicInteger();
            return SocketFaults.on((socket, request, n) -> {
                        if (request.startsWith("POST ") && polls.incrementAndGet() % 2 == 0) {
                            socket.close();
                        } else {
                            write(socket, request.startsWith("POST ") ? printing : HostileAnswers.page("409 Conflict"));
                        }
                    })
                    .apply(vertx);
        };
    }
}
