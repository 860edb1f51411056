package io.github.printer2mqtt.driver.moonraker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.FoundPicture.AtPort;
import io.github.printer2mqtt.driver.FoundPicture.AtUrl;
import io.github.printer2mqtt.driver.FoundPicture.Bytes;
import io.github.printer2mqtt.driver.FoundPicture.Kind;
import io.github.printer2mqtt.driver.FoundPicture.None;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoonrakerPicturesTest {
    private static final String FILE = "GET /printer/objects/query?print_stats=filename";
    private static final String METADATA = "GET /server/files/metadata?filename=set%2Fa%20b%23c.gcode";
    private static final String CAMERAS = "GET /server/webcams/list";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final Session session = fixture.open(new MoonrakerDriver(), Credentials.ofApiKey("k3y"));

    @Test
    void thumbnailIsTheLargestThatIsNotTooLarge() {
        prints("set/a b#c.gcode");
        metadata("""
                [{"width": 32, "height": 32, "relative_path": ".thumbs/a b#c-32x32.png"},
                 {"width": 300, "height": 300, "relative_path": ".thumbs/a b#c-300x300.png"},
                 {"width": 2000, "height": 2000, "relative_path": ".thumbs/a b#c-2000x2000.png"}]""");
        fixture.printer()
                .answer(
                        "GET /server/files/gcodes/set/.thumbs/a%20b%23c-300x300.png",
                        CannedResponse.of(200, "image/png", "picture"));

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new Bytes(Buffer.buffer("picture")));
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(request.header("X-Api-Key")).isEqualTo("k3y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../config/moonraker.conf",
                ".thumbs/../../secret.png",
                "/etc/passwd",
                ".thumbs//x.png",
                ".thumbs/./x.png",
                "",
                "//evil.example/x.png"
            })
    void pathThatLeadsElsewhereIsNotRequested(String path) {
        prints("set/a b#c.gcode");
        metadata("[{\"width\": 300, \"height\": 300, \"relative_path\": \"" + path + "\"}]");

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new None());
        assertThat(fixture.printer().lines()).containsExactly(FILE, METADATA);
    }

    @Test
    void encodedPathStaysEncoded() {
        prints("set/a b#c.gcode");
        metadata("[{\"width\": 300, \"relative_path\": \"%2e%2e/x?y.png\"}]");

        session.picture(Kind.THUMBNAIL);

        assertThat(fixture.printer().lines()).contains("GET /server/files/gcodes/set/%252e%252e/x%3Fy.png");
    }

    @Test
    void fileWithoutMetadataHasNoThumbnail() {
        prints("set/a b#c.gcode");
        fixture.printer().answer(METADATA, CannedResponse.json(404, "{\"error\": {}}"));

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new None());
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.9/snap.jpg, http://192.0.2.9/snap.jpg",
        "HTTPS://cam.example/snap, HTTPS://cam.example/snap",
        "//cam.example/snap, //cam.example/snap"
    })
    void cameraElsewhereIsNotRequestedByTheDriver(String url, String found) {
        cameras("[{\"name\": \"off\", \"enabled\": false, \"snapshot_url\": \"http://192.0.2.1/\"},"
                + " {\"name\": \"none\", \"snapshot_url\": \"\"}, {\"name\": \"on\", \"snapshot_url\": \"" + url
                + "\"}]");

        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(new AtUrl(found));
        assertThat(fixture.printer().lines()).containsExactly(CAMERAS);
    }

    @Test
    void relativeCameraIsOnTheWebFrontEnd() {
        cameras("[{\"snapshot_url\": \"/webcam/?action=snapshot\"}]");

        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(new AtPort(80, "/webcam/?action=snapshot"));
    }

    @Test
    void printerWithoutCameraHasNoSnapshot() {
        cameras("[]");

        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo((FoundPicture) new None());
    }

    private void prints(String file) {
        fixture.printer()
                .answer(
                        FILE,
                        CannedResponse.json(
                                200,
                                "{\"result\": {\"status\": {\"print_stats\": {\"filename\": \"" + file + "\"}}}}"));
    }

    private void metadata(String thumbnails) {
        fixture.printer()
                .answer(METADATA, CannedResponse.json(200, "{\"result\": {\"thumbnails\": " + thumbnails + "}}"));
    }

    private void cameras(String webcams) {
        fixture.printer().answer(CAMERAS, CannedResponse.json(200, "{\"result\": {\"webcams\": " + webcams + "}}"));
    }
}
