package io.github.printer2mqtt.driver.prusalink;

import static org.assertj.core.api.Assertions.assertThat;

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

class PrusaLinkPicturesTest {
    private static final Bytes PICTURE = new Bytes(Buffer.buffer("picture"));

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final Session session = fixture.open(new PrusaLinkDriver(), Credentials.ofApiKey("k3y"));

    @Test
    void thumbnailIsThatOfTheJob() {
        fixture.printer()
                .answer(
                        "GET /api/v1/job",
                        CannedResponse.json(
                                200, "{\"file\": {\"refs\": {\"thumbnail\": \"/thumb/l/usb/BENCHY~1.BGC\"}}}"))
                .answer("GET /thumb/l/usb/BENCHY~1.BGC", CannedResponse.of(200, "image/png", "picture"));

        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(PICTURE);
        assertThat(fixture.printer().requests())
                .allSatisfy(request -> assertThat(request.header("X-Api-Key")).isEqualTo("k3y"));
    }

    @Test
    void withoutAJobThereIsNone() {
        fixture.printer().answer("GET /api/v1/job", CannedResponse.empty(204));
        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new None());

        fixture.printer()
                .answer("GET /api/v1/job", CannedResponse.json(200, "{\"file\": {\"refs\": {\"thumbnail\": null}}}"));
        assertThat(session.picture(Kind.THUMBNAIL)).isEqualTo(new None());
    }

    @Test
    void cameraOfARaspberryPi() {
        fixture.printer()
                .answer(
                        "GET /api/v1/cameras/snap",
                        CannedResponse.of(200, "image/jpeg", "picture"),
                        CannedResponse.empty(204));

        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(PICTURE);
        assertThat(session.picture(Kind.SNAPSHOT))
                .as("no picture was taken yet")
                .isEqualTo(new None());
    }

    @Test
    void firmwareHasNoCamera() {
        assertThat(session.picture(Kind.SNAPSHOT)).isEqualTo(new None());
    }
}
