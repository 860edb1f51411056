package io.github.printer2mqtt.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.hostile.StatusInvariants;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes recorded responses at random: each poll yields a reading within its ranges or a declared failure.
 *
 * <p>A failure names its seed; {@code -Dprinter2mqtt.seed=} runs it again.
 */
class MutatedAnswersTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/driver");
    private static final int SESSIONS = 12;
    private static final int POLLS_OF_A_SESSION = 3;

    private static final Set<FailureReason> DECLARED = Set.of(
            FailureReason.UNREADABLE,
            FailureReason.TOO_LARGE,
            FailureReason.DISCONNECTED,
            FailureReason.BUSY,
            FailureReason.AUTH);

    static List<String> protocols() {
        return RegisteredDrivers.ids();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void yieldAValidReadingOrADeclaredFailure(String protocol) throws IOException {
        long seed = Long.getLong("printer2mqtt.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (Path file : recordings(protocol)) {
            Map<String, String> bodies = bodies(file);
            try (DriverFixture fixture = new DriverFixture()) {
                for (int attempt = 0; attempt < SESSIONS; attempt++) {
                    pollChanged(fixture, protocol, bodies, random, "-Dprinter2mqtt.seed=" + seed + ", " + file);
                }
            }
        }
    }

    private static void pollChanged(
            DriverFixture fixture, String protocol, Map<String, String> bodies, Random random, String what) {
        Session session = fixture.open(RegisteredDrivers.of(protocol), Credentials.ofApiKey("planted-key"));
        for (int poll = 0; poll < POLLS_OF_A_SESSION; poll++) {
            StringBuilder sent = new StringBuilder(what);
            bodies.forEach((line, body) -> {
                Buffer changed = Mutation.of(body, random);
                String shown = changed.toString("ISO-8859-1");
                sent.append("\n").append(line).append(": ").append(shown, 0, Math.min(3000, shown.length()));
                fixture.printer().answer(line, reply(changed));
            });
            check(find(session, sent.toString()), sent.toString());
        }
        session.close();
    }

    private static PollResult find(Session session, String what) {
        try {
            return session.find();
        } catch (AssertionError e) {
            throw new AssertionError(what, e);
        }
    }

    private static void check(PollResult result, String what) {
        if (result instanceof PollFailure failure) {
            assertThat(failure.reason()).as(what).isIn(DECLARED);
        } else {
            check((Reading) result, what);
        }
    }

    private static void check(Reading reading, String what) {
        JsonObject shown = new JsonObject()
                .put("message", reading.message())
                .put("raw_state", reading.rawState())
                .put("model", reading.model())
                .put("speed", reading.speed())
                .put("fan", reading.fan())
                .put("job", ReadingDocument.ofJob(reading.job()));
        JsonArray heaters = new JsonArray();
        Stream.concat(
                        reading.temperatures().nozzles().stream(),
                        Stream.of(
                                        reading.temperatures().bed(),
                                        reading.temperatures().chamber())
                                .filter(Objects::nonNull))
                .forEach(heater -> heaters.add(heater.actual()).add(heater.target()));
        shown.put("temperatures", new JsonObject().put("all", heaters));
        assertThat(StatusInvariants.violations(shown)).as(what).isEmpty();
        assertThat(reading.temperatures().nozzles()).as(what).hasSizeLessThanOrEqualTo(16);
        assertThat(reading.state()).as(what).isNotEqualTo(PrinterState.OFFLINE);
    }

    private static CannedResponse reply(Buffer body) {
        return new CannedResponse(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n")
                .appendBuffer(body));
    }

    private static List<Path> recordings(String protocol) throws IOException {
        try (Stream<Path> files = Files.list(RECORDINGS.resolve(protocol))) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    /** The JSON bodies of a recording by request. */
    private static Map<String, String> bodies(Path file) throws IOException {
        JsonObject responses = new JsonObject(Files.readString(file)).getJsonObject("answers");
        Map<String, String> bodies = new LinkedHashMap<>();
        for (String line : responses.fieldNames()) {
            JsonObject response = responses.getJsonObject(line);
            String recorded = response.getString("http");
            if (recorded != null) {
                String text = Files.readString(file.resolveSibling(recorded), StandardCharsets.ISO_8859_1);
                bodies.put(line, text.substring(text.indexOf("\r\n\r\n") + 4));
            } else if (response.getValue("body") instanceof JsonObject body) {
                bodies.put(line, body.encode());
            }
        }
        bodies.values().removeIf(body -> !body.startsWith("{"));
        return bodies;
    }
}
