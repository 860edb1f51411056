package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An event stream lasts as long as the right to read it. */
class StreamAccessTest {
    @Test
    void streamEndsWhenItsTokenExpires() throws IOException {
        try (RunningApi api = RunningApi.startWithToken()) {
            JsonObject token = api.createToken(Instant.now().plusSeconds(3600), "read");
            try (EventStreamReader stream =
                    EventStreamReader.open(api.port(), "", "Authorization: Bearer " + token.getString("token"))) {
                stream.next();
                api.clockAhead = Duration.ofHours(2);
                assertThat(stream.nextOrEnd()).as("ended at a heartbeat").isNull();
            }
        }
    }

    @Test
    void streamOfThisMachineEndsWithTheFirstUser() throws IOException {
        try (RunningApi api = RunningApi.start();
                EventStreamReader stream = EventStreamReader.open(api.port(), "")) {
            stream.next();
            String admin = "{\"name\":\"carl\",\"role\":\"admin\",\"password\":\"long enough\"}";
            assertThat(api.send("POST", "/api/users", admin).statusCode()).isEqualTo(201);
            assertThat(stream.nextOrEnd()).isNull();
        }
    }
}
