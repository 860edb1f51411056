package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.IDLE;
import static io.github.printer2mqtt.hostile.HostileAnswers.OK;
import static io.github.printer2mqtt.hostile.HostileAnswers.http;
import static io.github.printer2mqtt.hostile.HostileAnswers.json;
import static io.github.printer2mqtt.hostile.HostileAnswers.page;
import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.SocketFaults.floods;
import static io.github.printer2mqtt.hostile.SocketFaults.responds;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Printers that do not speak HTTP, or abuse it. */
final class BrokenHttp {
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String PIECE = "a".repeat(16 * 1024);

    private BrokenHttp() {}

    static List<HostileBehaviour> all() {
        return Stream.of(notHttp(), oversized(), lengths(), statusCodes(), authentication(), keepAlive())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileBehaviour> notHttp() {
        return List.of(
                offline("unreadable", "answers in HTTP/0.9", responds(IDLE + "\r\n")),
                offline("unreadable", "answers in HTTP/2", responds("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
                offline(
                        "unreadable",
                        "is an SSH server",
                        SocketFaults.onConnect(
                                SocketFaults.PLAIN, s -> SocketFaults.write(s, "SSH-2.0-OpenSSH_9.6\r\n"))),
                offline("unreadable", "sends noise", responds(noise())),
                offline("unreadable", "has a status of 99999999999", responds("HTTP/1.1 99999999999 OK\r\n\r\n")),
                offline(
                        "unreadable",
                        "has a negative status",
                        responds("HTTP/1.1 -200 OK\r\nContent-Length: 0\r\n\r\n")),
                offline(
                        "unreadable",
                        "puts a space into a header's name",
                        responds("HTTP/1.1 200 OK\r\nX A\u0000: 1\r\nContent-Length: 2\r\n\r\n{}")));
    }

    private static List<HostileBehaviour> oversized() {
        return List.of(
                offline(
                        "too_large",
                        "has a status line of 64 KiB",
                        responds("HTTP/1.1 200 " + "O".repeat(65_536) + "\r\n\r\n")),
                offline(
                        "too_large",
                        "has a header of 64 KiB",
                        responds(OK + "X-A: " + "a".repeat(65_536) + "\r\n\r\n")),
                offline("too_large", "has ten thousand headers", responds(OK + "X: 1\r\n".repeat(10_000) + "\r\n")),
                offline("too_large", "never stops sending headers", floods(OK, "X-A: 1\r\n".repeat(100))),
                offline("too_large", "sets cookies without end", floods(OK, "Set-Cookie: a=b; Path=/\r\n".repeat(100))),
                shown(
                        "idle",
                        "sets as many cookies as fit",
                        responds(http(OK + "Set-Cookie: a=b\r\n".repeat(200), IDLE))),
                offline("too_large", "never stops sending chunks", floods(CHUNKED, "4000\r\n" + PIECE + "\r\n")),
                offline("too_large", "never stops sending a body", floods(OK + "\r\n", PIECE)),
                offline(
                        "too_large",
                        "never stops sending trailers",
                        floods(CHUNKED + "0\r\n", "X-A: 1\r\n".repeat(100))),
                offline("too_large", "sends 48 MiB", floods(OK + "Content-Length: 50331648\r\n\r\n", PIECE)),
                offline(
                        "too_large",
                        "announces 10 GiB and sends little",
                        responds(OK + "Content-Length: 10737418240\r\n\r\n{}")));
    }

    private static List<HostileBehaviour> lengths() {
        return List.of(
                offline("unreadable", "names too short a length", responds(OK + "Content-Length: 20\r\n\r\n" + IDLE)),
                offline("timeout", "names too great a length", responds(OK + "Content-Length: 9999\r\n\r\n" + IDLE)),
                offline(
                        "unreadable",
                        "names too great a length and hangs up",
                        SocketFaults.respondsAndCloses(OK + "Content-Length: 9999\r\n\r\n" + IDLE)),
                offline("unreadable", "names a negative length", responds(OK + "Content-Length: -1\r\n\r\n" + IDLE)),
                offline(
                        "unreadable",
                        "names two lengths",
                        responds(OK + "Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + IDLE)),
                offline(
                        "unreadable",
                        "has a length that is not a number",
                        responds(OK + "Content-Length: many\r\n\r\n" + IDLE)),
                offline(
                        "unreadable",
                        "names a length beyond all numbers",
                        responds(OK + "Content-Length: 99999999999999999999999\r\n\r\n" + IDLE)),
                offline(
                        "unreadable",
                        "has a chunk of a size beyond all numbers",
                        responds(CHUNKED + "FFFFFFFFFFFFFFFFFF\r\n" + IDLE)),
                offline("unreadable", "has a chunk of no size", responds(CHUNKED + "zz\r\n" + IDLE + "\r\n0\r\n\r\n")),
                offline(
                        "unreadable",
                        "has a chunk of a negative size",
                        responds(CHUNKED + "-5\r\n" + IDLE + "\r\n0\r\n\r\n")),
                offline(
                        "unreadable",
                        "is chunked and names a length",
                        responds(OK + "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(IDLE.length()) + "\r\n" + IDLE + "\r\n0\r\n\r\n")));
    }

    private static List<HostileBehaviour> statusCodes() {
        return List.of(
                offline(
                        "redirected",
                        "redirects to itself",
                        responds(http("HTTP/1.1 302 Found\r\nLocation: /printer/objects/query\r\n", ""))),
                offline(
                        "redirected",
                        "redirects to a metadata service",
                        responds(http("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://169.254.169.254/\r\n", ""))),
                offline(
                        "redirected",
                        "redirects to a file",
                        responds(http("HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\n", ""))),
                offline("redirected", "redirects nowhere", responds(http("HTTP/1.1 308 Permanent Redirect\r\n", ""))),
                offline("unreadable", "answers 500", responds(page("500 Internal Server Error"))),
                offline("disconnected", "answers 502", responds(page("502 Bad Gateway"))),
                offline(
                        "disconnected",
                        "answers 503 and wants an hour",
                        responds(http("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3600\r\n", ""))),
                offline(
                        "busy",
                        "answers 429 and wants thirty years",
                        responds(http("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1000000000\r\n", ""))),
                offline(
                        "busy",
                        "answers 429 and wants nonsense",
                        responds(http("HTTP/1.1 429 Too Many Requests\r\nRetry-After: -5\r\n", ""))),
                offline("unreadable", "answers 999", responds(page("999 Whatever"))),
                offline("unreadable", "answers 204 with nothing", responds("HTTP/1.1 204 No Content\r\n\r\n")),
                offline(
                        "unreadable",
                        "answers 304 with a length",
                        responds("HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n")),
                offline("unreadable", "answers 200 with nothing", responds(json(""))),
                offline("unreadable", "answers 200 with a page", responds(page("200 OK"))));
    }

    private static List<HostileBehaviour> authentication() {
        String stale = "Digest realm=\"Printer API\", nonce=\"0a1b2c3d\", stale=true";
        String huge = "Digest realm=\"Printer API\", nonce=\"" + "f".repeat(6_000) + "\"";
        String odd = "Digest realm=\"Printer API\", nonce=\"0a1b2c3d\", algorithm=WHIRLPOOL-512";
        return List.of(
                offline("auth", "answers 401 to everything", responds(page("401 Unauthorized"))),
                offline("auth", "answers 403 to everything", responds(page("403 Forbidden"))),
                offline("auth", "has a new nonce each time", challenges()).by("prusalink"),
                offline("unreadable", "calls each of its nonces stale", responds(challenge(stale)))
                        .by("prusalink"),
                offline("auth", "has a nonce of 6 KB", responds(challenge(huge)))
                        .by("prusalink"),
                offline("auth", "requires an unknown algorithm", responds(challenge(odd)))
                        .by("prusalink"));
    }

    private static List<HostileBehaviour> keepAlive() {
        Buffer idle = json(IDLE);
        Buffer printing = json(HostileAnswers.moonraker("printing", "second.gcode", 100, 0.5));
        return List.of(
                shown(
                        "idle",
                        "responds before it gets a request",
                        SocketFaults.raw(
                                SocketFaults.PLAIN,
                                "http",
                                s -> SocketFaults.write(s, idle),
                                s -> SocketFaults.write(s, idle))),
                shown(
                        "idle",
                        "sends two responses to one request",
                        responds(idle.copy().appendBuffer(printing))),
                shown("idle", "sends a second response later", delayedSecondResponse(idle, printing)),
                shown(
                        "idle",
                        "sends more data after its body",
                        responds(idle.copy().appendString("and one more thing"))),
                shown(
                        "idle",
                        "starts a second response",
                        responds(idle.copy().appendString("HTTP/1.1 200 OK\r\nX-A: "))));
    }

    private static Function<Vertx, Endpoint> delayedSecondResponse(Buffer first, Buffer second) {
        return SocketFaults.on((socket, request, n) -> {
            SocketFaults.write(socket, first);
            Vertx.currentContext().owner().setTimer(50, later -> SocketFaults.write(socket, second));
        });
    }

    private static Function<Vertx, Endpoint> challenges() {
        return SocketFaults.on((socket, request, n) ->
                SocketFaults.write(socket, challenge("Digest realm=\"Printer API\", nonce=\"" + n + "\"")));
    }

    private static Buffer challenge(String challenge) {
        return http("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + challenge + "\r\n", "");
    }

    private static Buffer noise() {
        byte[] bytes = new byte[512];
        new Random(42).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= (byte) 0x80;
        }
        return Buffer.buffer(bytes).appendString("\r\n\r\n");
    }
}
