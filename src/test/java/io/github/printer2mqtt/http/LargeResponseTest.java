package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list is larger than the buffers of a connection. */
class LargeResponseTest {
    private static final String REQUEST =
            "GET /api/printers HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @BeforeEach
    void register() {
        for (int i = 0; i < 8_000; i++) {
            api.fleet.register("p" + i, "shelf-" + i % 9, "tag");
        }
    }

    @Test
    void slowReaderGetsTheWholeListAndDelaysNobody() throws IOException {
        try (RawClient late = new RawClient(api.port())) {
            late.write(String.format(Locale.ROOT, REQUEST, api.port()));

            String list = api.get("/api/printers").body();
            assertThat(list).hasSizeGreaterThan(3_000_000);
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
            String response = late.readToEnd();
            assertThat(RawClient.status(response)).isEqualTo(200);
            assertThat(response.substring(response.indexOf("\r\n\r\n") + 4)).isEqualTo(list);
        }
    }

    @Test
    void disconnectDuringAResponseHarmsNobody() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (RawClient gone = new RawClient(api.port())) {
                gone.write(String.format(Locale.ROOT, REQUEST, api.port()));
                gone.readUntil("\"p0\"");
            }
        }
        assertThat(api.json("/api/printers").getJsonArray("printers")).hasSize(8_000);
    }
}
