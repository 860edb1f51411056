package io.github.printer2mqtt.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Polls each recording once and compares the result with the file beside it. Files whose names begin with synthetic were
 * written from documentation.
 */
class RecordedAnswersTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/driver");

    static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDINGS, 2)) {
            return files.map(file -> RECORDINGS.relativize(file).toString())
                    .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void yieldsTheExpectedResult(String recording) {
        try (DriverFixture fixture = new DriverFixture()) {
            Path file = RECORDINGS.resolve(recording);
            JsonObject situation = json(file);
            JsonObject responses = situation.getJsonObject("answers");
            responses
                    .fieldNames()
                    .forEach(line -> fixture.printer().answer(line, reply(file, responses.getJsonObject(line))));
            Driver driver = RegisteredDrivers.of(recording.substring(0, recording.indexOf('/')));
            Session session = fixture.open(
                    driver,
                    situation.containsKey("credentials") ? Credentials.none() : Credentials.ofApiKey("planted-key"));

            PollResult result = session.find();

            JsonObject found =
                    result instanceof PollFailure failure ? document(failure) : ReadingDocument.of((Reading) result);
            Path expected = Path.of(file.toString().replace(".json", ".expected.json"));
            assertThat(found.encodePrettily()).isEqualTo(json(expected).encodePrettily());
            assertThat(found.encode()).doesNotContain("planted-key");
        }
    }

    private static CannedResponse reply(Path file, JsonObject recorded) {
        if (recorded.containsKey("http")) {
            return CannedResponse.recorded(
                    "/driver/" + RECORDINGS.relativize(file.resolveSibling(recorded.getString("http"))));
        }
        int status = recorded.getInteger("status");
        if (recorded.containsKey("html")) {
            return CannedResponse.of(status, "text/html", recorded.getString("html"));
        }
        if (recorded.containsKey("text")) {
            return CannedResponse.of(status, "text/plain", recorded.getString("text"));
        }
        Object body = recorded.getValue("body");
        if (body == null) {
            return CannedResponse.empty(status);
        }
        return CannedResponse.json(
                status, body instanceof JsonArray array ? array.encode() : ((JsonObject) body).encode());
    }

    private static JsonObject json(Path file) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject document(PollFailure miss) {
        return new JsonObject()
                .put(
                        "failure",
                        new JsonObject().put("reason", miss.reason().wireName()).put("detail", miss.detail()));
    }
}
