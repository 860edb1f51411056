package io.github.printer2mqtt.picture;

import static io.github.printer2mqtt.picture.PictureFixture.PNG;
import static io.github.printer2mqtt.picture.PictureFixture.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SnapshotTest {
    @RegisterExtension
    private final PictureFixture fixture = new PictureFixture();

    @Test
    void fiftyClientsAtOnceCostOneRequest() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        HostileServer camera = fixture.camera(answers("image/png", PNG));
        fixture.findAt("http://127.0.0.1:" + camera.port() + "/snap");

        List<Future<Picture>> asked = IntStream.range(0, 50)
                .mapToObj(client -> fixture.pictures.snapshot(printer))
                .toList();

        Await.done(Future.all(asked));
        assertThat(asked)
                .allSatisfy(snapshot -> assertThat(snapshot.result().bytes()).isEqualTo(PNG));
        assertThat(camera.requests()).isEqualTo(1);
        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void cameraIsAskedAgainAfterTwoSecondsAndNotBefore() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        List<Long> requests = new CopyOnWriteArrayList<>();
        HostileServer camera = fixture.camera(socket -> {
            requests.add(System.nanoTime());
            answers("image/png", PNG).accept(socket);
        });
        fixture.findAt("http://127.0.0.1:" + camera.port() + "/snap");

        Await.until("a second request", () -> {
            fixture.snapshot(printer);
            return requests.size() == 2;
        });

        assertThat(requests.get(1) - requests.get(0)).isGreaterThanOrEqualTo(2_000_000_000L);
    }

    @Test
    void failureIsSharedLikeAPicture() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");

        assertThat(fixture.snapshotFailure(printer).code()).isEqualTo(Code.NO_PICTURE);
        assertThat(fixture.snapshotFailure(printer).code()).isEqualTo(Code.NO_PICTURE);

        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void sixteenSnapshotsAreKeptAtMost() {
        Promise<FoundPicture> slow = Promise.promise();
        fixture.found = slow.future();
        List<Future<Picture>> running = IntStream.range(0, 16)
                .mapToObj(number -> fixture.pictures.snapshot(fixture.printing("p" + number, "clip.gcode")))
                .toList();

        assertThat(fixture.snapshotFailure(fixture.printing("one-more", "clip.gcode"))
                        .code())
                .isEqualTo(Code.BUSY);

        slow.complete(new FoundPicture.Bytes(PNG));
        Await.done(Future.all(running));
    }

    @Test
    void offlinePrinterIsNotAsked() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        fixture.goesOffline(printer);

        assertThat(fixture.snapshotFailure(printer).code()).isEqualTo(Code.PRINTER_OFFLINE);

        assertThat(fixture.searches).hasValue(0);
    }

    @Test
    void formatIsRecognisedByTheFirstBytes() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        fixture.find(Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 1}));

        assertThat(fixture.snapshot(printer).format()).isEqualTo(Picture.Format.JPEG);
    }
}
