package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.picture.PictureException;
import io.github.printer2mqtt.picture.PictureException.Code;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureRoutesTest {
    private static final String THUMBNAIL = "/api/printers/mk4/thumbnail";
    private static final String SNAPSHOT = "/api/printers/mk4/snapshot";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @BeforeEach
    void registerOne() {
        api.fleet.register("mk4", null);
    }

    @Test
    void thumbnailHasTheTypeThatWasRecognised() {
        HttpResponse<String> response = api.get(THUMBNAIL);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(InMemoryPictures.BYTES.toString());
        assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("ETag")).contains("\"5eed\"");
        assertThat(response.headers().firstValue("Cache-Control")).contains("private, no-cache");
    }

    @Test
    void knownThumbnailIsNotSentAgain() {
        HttpResponse<String> response = api.get(THUMBNAIL, "If-None-Match", "\"5eed\"");

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).contains("\"5eed\"");
        assertThat(api.get(THUMBNAIL, "If-None-Match", "\"0ther\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void snapshotIsNotStored() {
        HttpResponse<String> response = api.get(SNAPSHOT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void unknownPrinterIsNotFound() {
        assertThat(api.get("/api/printers/nobody/thumbnail").body()).contains("printer_not_found");
        assertThat(api.get("/api/printers/nobody/snapshot").body()).contains("printer_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_PICTURE, 404",
        "PRINTER_OFFLINE, 409",
        "PICTURE_REFUSED, 409",
        "PICTURE_FAILED, 502",
        "BUSY, 503",
        "TIMEOUT, 504"
    })
    void failureIsAProblem(Code code, int status) {
        api.pictures.failure = new PictureException(code, "why");

        HttpResponse<String> response = api.get(SNAPSHOT);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code.wireName() + "\"", "\"detail\":\"why\"");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
}
