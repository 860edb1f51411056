package io.github.printer2mqtt.picture;

import static io.github.printer2mqtt.picture.PictureFixture.PNG;
import static io.github.printer2mqtt.picture.PictureFixture.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 33 to 40: what a printer may name as a picture, and what a camera may answer. */
class HostilePictureTest {
    @RegisterExtension
    private final PictureFixture fixture = new PictureFixture("192.0.2.1");

    @SuppressWarnings("NullAway.Init") // before each test
    private PrinterId printer;

    @BeforeEach
    void printerPrints() {
        printer = fixture.printing("mk4", "clip.gcode");
    }

    @Test
    void htmlThatIsCalledPngIsNoPicture() {
        HostileServer camera =
                fixture.camera(answers("image/png", Buffer.buffer("<html><script>alert(1)</script></html>")));
        fixture.findAt(url(camera));

        PictureException failure = fixture.snapshotFailure(printer);

        assertThat(failure.code()).isEqualTo(Code.PICTURE_FAILED);
        assertThat(failure).hasMessageContaining("neither PNG nor JPEG").hasMessageNotContaining("script");
    }

    @Test
    void endlessPictureIsCutAtOneMebibyte() {
        HostileServer camera = fixture.camera(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n");
            send(socket, 10 << 20);
        });
        fixture.findAt(url(camera));

        assertThat(fixture.snapshotFailure(printer)).hasMessageContaining("too_large");
        Await.until("the socket is closed", () -> camera.openSockets() == 0);
    }

    private static void send(NetSocket socket, int left) {
        if (left > 0) {
            Buffer piece = Buffer.buffer(new byte[1 << 16]);
            socket.write(piece).onSuccess(written -> send(socket, left - piece.length()));
        }
    }

    @Test
    void dripFedPictureIsGivenUpAfterThreeSeconds() {
        HostileServer camera = fixture.camera(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\n");
            fixture.vertx.setPeriodic(200, tick -> socket.write(Buffer.buffer(new byte[] {(byte) 0x89})));
        });
        fixture.findAt(url(camera));
        long begin = System.nanoTime();

        assertThat(fixture.snapshotFailure(printer).code()).isEqualTo(Code.TIMEOUT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
        Await.until("the socket is closed", () -> camera.openSockets() == 0);
    }

    @Test
    void redirectIsNotFollowed() {
        HostileServer other = fixture.camera(answers("image/png", PNG));
        HostileServer camera = fixture.camera(HostileServer.answers(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + other.port() + "/snap", ""));
        fixture.findAt(url(camera));

        assertThat(fixture.snapshotFailure(printer)).hasMessageContaining("redirect");
        assertThat(other.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/",
                "http://192.0.2.99/snap",
                "http://camera.example/snap",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://127.0.0.1.example/",
                "http://127.0.0.1@camera.example/snap",
                "http://user:pw@127.0.0.1/snap",
                "ftp://127.0.0.1/snap.png",
                "file:///etc/passwd",
                "http:///snap",
                "//camera.example/snap",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:70000/",
                "http://127.0.0.1/ HTTP/1.1\r\nX-Evil: 1"
            })
    void otherHostIsRefusedWithoutARequest(String url) {
        fixture.findAt(url);

        PictureException failure = fixture.snapshotFailure(printer);

        assertThat(failure.code()).isEqualTo(Code.PICTURE_REFUSED);
        assertThat(failure.getMessage()).doesNotContain("pw", "\n");
    }

    @Test
    void hostOfTheConfigurationIsAllowed() {
        HostileServer camera = fixture.camera(answers("image/png", PNG));
        PrinterId elsewhere = fixture.printing("elsewhere", "192.0.2.7", "clip.gcode");
        fixture.findAt("http://192.0.2.1/snap");

        // Nothing answers there, so that it is tried and not refused.
        assertThat(fixture.snapshotFailure(elsewhere).code()).isIn(Code.TIMEOUT, Code.PICTURE_FAILED);
        assertThat(camera.connections()).isZero();
    }

    @Test
    void configuredHostFollowsTheRulesOfAddresses() {
        try (PictureFixture configured = new PictureFixture("169.254.169.254", "metadata.google.internal")) {
            PrinterId other = configured.printing("other", "clip.gcode");
            configured.findAt("http://169.254.169.254/latest/meta-data/");

            assertThat(configured.snapshotFailure(other)).hasMessageContaining("metadata service");
        }
    }

    @Test
    void loopbackInTheSettingsOfAPrinterMeansThePrinter() {
        HostileServer camera = fixture.camera(answers("image/png", PNG));
        fixture.findAt("http://localhost:" + camera.port() + "/?action=snapshot");

        assertThat(fixture.snapshot(printer).bytes()).isEqualTo(PNG);

        PrinterId elsewhere = fixture.printing("elsewhere", "192.0.2.7", "clip.gcode");
        int before = camera.requests();
        assertThat(fixture.snapshotFailure(elsewhere).code()).isNotEqualTo(Code.PICTURE_REFUSED);
        assertThat(camera.requests()).as("on the machine of the bridge").isEqualTo(before);
    }

    @Test
    void thumbnailAbove256KibibytesIsRefused() {
        fixture.find(PNG.copy().appendBytes(new byte[PictureService.MAX_THUMBNAIL]));

        assertThat(fixture.thumbnailFailure(printer)).hasMessageContaining("expected at most 262144");
    }

    private static String url(HostileServer camera) {
        return "http://127.0.0.1:" + camera.port() + "/?action=snapshot";
    }
}
