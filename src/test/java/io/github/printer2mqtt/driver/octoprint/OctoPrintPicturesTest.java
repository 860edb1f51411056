package io.github.printer2mqtt.driver.octoprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.FoundPicture.AtUrl;
import io.github.printer2mqtt.driver.FoundPicture.Bytes;
import io.github.printer2mqtt.driver.FoundPicture.Kind;
import io.github.printer2mqtt.driver.FoundPicture.None;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctoPrintPicturesTest {
    private static final String FILE = "GET /octo/api/files/local/set/a%20b.gcode";
    private static final Bytes PICTURE = new Bytes(Buffer.buffer("picture"));

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    /** Behind a proxy, below a path. */
    private final Session session =
            fixture.open(new OctoPrintDriver(), Credentials.ofApiKey("k3y"), Duration.ofSeconds(10), "/octo");

    @BeforeEach
    void prints() {
        fixture.printer()
                .answer(
                        "GET /octo/api/job",
                        CannedResponse.json(
                                200, "{\"job\": {\"file\": {\"origin\": \"local\", \"path\": \"set/a b.gcode\"}}}"));
    }

    @Test
    void thumbnailOfAPlugInIsBelowTheAddress() {
        file("\"thumbnail\": \"plugin/prusaslicerthumbnails/thumbnail/a%20b.png?2026\"");
        picture("/octo/plugin/prusaslicerthumbnails/thumbnail/a%20b.png?2026");

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(PICTURE);
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(request.header("X-Api-Key")).isEqualTo("k3y"));
    }

    @Test
    void absoluteReferenceToTheSameServerIsRequestedWithTheKey() {
        String path = "/octo/downloads/thumbs/local/a%20b.gcode?size=300x300";
        file("\"refs\": {\"thumbnail\": \"http://127.0.0.1:" + fixture.printer().port() + path + "\"}");
        picture(path);

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/x.png",
                "http://127.0.0.1:1/octo/x.png",
                "http://127.0.0.1.evil.example/octo/x.png",
                "//evil.example/x.png",
                "HTTP://evil.example/x.png"
            })
    void keyIsNotSentToAnotherServer(String link) {
        file("\"thumbnail\": \"" + link + "\"");

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new AtUrl(link));
        assertThat(fixture.printer().lines()).containsExactly("GET /octo/api/job", FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.png", "/a/../../x", "/%2e%2e/x", "/x y.png", "/x#y", "/\\\\evil.example/x"})
    void pathThatLeadsElsewhereIsNotRequested(String link) {
        file("\"thumbnail\": \"" + link + "\"");

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new None());
        assertThat(fixture.printer().lines()).containsExactly("GET /octo/api/job", FILE);
    }

    @Test
    void fileWithoutPlugInHasNoThumbnail() {
        file("\"name\": \"a b.gcode\"");

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new None());
    }

    @Test
    void cameraIsThatOfTheSettings() {
        settings("\"webcamEnabled\": true, \"snapshotUrl\": \"http://127.0.0.1:8080/?action=snapshot\"");
        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(new AtUrl("http://127.0.0.1:8080/?action=snapshot"));

        settings("\"webcamEnabled\": true, \"snapshotUrl\": \"/webcam/?action=snapshot\"");
        picture("/octo/webcam/?action=snapshot");
        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(PICTURE);
    }

    @Test
    void cameraThatIsSwitchedOffHasNoSnapshot() {
        settings("\"webcamEnabled\": false, \"snapshotUrl\": \"http://127.0.0.1:8080/?action=snapshot\"");
        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(new None());

        settings("\"webcamEnabled\": true, \"snapshotUrl\": \"\"");
        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(new None());
    }

    private void file(String members) {
        fixture.printer().answer(FILE, CannedResponse.json(200, "{" + members + "}"));
    }

    private void settings(String webcam) {
        fixture.printer().answer("GET /octo/api/settings", CannedResponse.json(200, "{\"webcam\": {" + webcam + "}}"));
    }

    private void picture(String path) {
        fixture.printer().answer("GET " + path, CannedResponse.of(200, "image/png", "picture"));
    }
}
