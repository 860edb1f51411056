package io.github.printer2mqtt.picture;

import static io.github.printer2mqtt.picture.PictureFixture.PNG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThumbnailTest {
    private static final Buffer OTHER = PNG.copy().appendString("2");

    @RegisterExtension
    private final PictureFixture fixture = new PictureFixture();

    @Test
    void thumbnailIsFetchedOnceAJob() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        fixture.find(PNG);

        for (int minute = 1; minute < 5; minute++) {
            fixture.prints(printer, "clip.gcode", minute * 60L);
            assertThat(fixture.thumbnail(printer).bytes()).isEqualTo(PNG);
        }
        fixture.finishes(printer, "clip.gcode");
        assertThat(fixture.thumbnail(printer).bytes()).isEqualTo(PNG);

        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void everybodyWhoAsksMeanwhileSharesTheRequest() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        Promise<FoundPicture> slow = Promise.promise();
        fixture.found = slow.future();
        List<Future<Picture>> asked = IntStream.range(0, 50)
                .mapToObj(client -> fixture.pictures.thumbnail(printer))
                .toList();

        slow.complete(new FoundPicture.Bytes(PNG));

        Await.done(Future.all(asked));
        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void nextJobHasItsOwnThumbnailThoughItPrintsTheSameFile() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        fixture.find(PNG);
        String tag = fixture.thumbnail(printer).tag();
        fixture.finishes(printer, "clip.gcode");
        fixture.find(OTHER);

        fixture.prints(printer, "clip.gcode", 1);

        assertThat(fixture.thumbnail(printer).bytes()).isEqualTo(OTHER);
        assertThat(fixture.thumbnail(printer).tag()).isNotEqualTo(tag);
    }

    @Test
    void pictureThatArrivesAfterTheJobChangedIsNotShownForTheNextOne() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        Promise<FoundPicture> slow = Promise.promise();
        fixture.found = slow.future();
        Future<Picture> asked = fixture.pictures.thumbnail(printer);
        Await.until("the session is asked", () -> fixture.searches.get() == 1);
        fixture.finishes(printer, "clip.gcode");
        fixture.prints(printer, "vase.gcode", 1);
        fixture.find(OTHER);
        Future<Picture> next = fixture.pictures.thumbnail(printer);

        slow.complete(new FoundPicture.Bytes(PNG));

        assertThat(Await.failure(asked)).hasMessageContaining("job has changed");
        assertThat(Await.done(next).bytes()).isEqualTo(OTHER);
        assertThat(fixture.thumbnail(printer).bytes()).isEqualTo(OTHER);
    }

    @Test
    void printerThatPrintsNothingIsNotAsked() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");
        fixture.find(PNG);
        fixture.thumbnail(printer);

        fixture.isIdle(printer);

        assertThat(fixture.thumbnailFailure(printer).code()).isEqualTo(Code.NO_PICTURE);
        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void missingThumbnailIsNotSearchedAgainAtOnce() {
        PrinterId printer = fixture.printing("mk4", "clip.gcode");

        for (int client = 0; client < 5; client++) {
            assertThat(fixture.thumbnailFailure(printer).code()).isEqualTo(Code.NO_PICTURE);
        }

        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void offlinePrinterKeepsItsThumbnailAndIsNotAsked() {
        PrinterId shown = fixture.printing("shown", "clip.gcode");
        PrinterId never = fixture.printing("never", "clip.gcode");
        fixture.find(PNG);
        fixture.thumbnail(shown);
        fixture.goesOffline(shown);
        fixture.goesOffline(never);

        assertThat(fixture.thumbnail(shown).bytes()).isEqualTo(PNG);
        assertThat(fixture.thumbnailFailure(never).code()).isEqualTo(Code.PRINTER_OFFLINE);
        assertThat(fixture.searches).hasValue(1);
    }

    @Test
    void leastUsedThumbnailsAreDroppedWhereTheirSumIsTooLarge() {
        int size = PictureService.MAX_THUMBNAIL;
        fixture.find(PNG.copy().appendBytes(new byte[size - PNG.length()]));
        int kept = (int) (PictureVerticle.keptBytes(Runtime.getRuntime().maxMemory()) / size);
        List<PrinterId> printers = IntStream.rangeClosed(0, kept)
                .mapToObj(number -> fixture.printing("p" + number, "clip.gcode"))
                .toList();
        printers.forEach(fixture::thumbnail);
        assertThat(fixture.searches).hasValue(kept + 1);

        fixture.thumbnail(printers.get(kept));
        fixture.thumbnail(printers.get(1));
        assertThat(fixture.searches).as("still kept").hasValue(kept + 1);
        fixture.thumbnail(printers.get(0));
        assertThat(fixture.searches).as("was dropped").hasValue(kept + 2);
    }

    @Test
    void memoryForThumbnailsFollowsTheHeap() {
        assertThat(PictureVerticle.keptBytes(64L << 20)).isEqualTo(4L << 20);
        assertThat(PictureVerticle.keptBytes(128L << 20)).isEqualTo(8L << 20);
        assertThat(PictureVerticle.keptBytes(8L << 30)).isEqualTo(32L << 20);
    }
}
