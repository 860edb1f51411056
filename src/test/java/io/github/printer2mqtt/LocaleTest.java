package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default locale of the machine does not affect digits, letters and topics. */
@Timeout(90)
class LocaleTest {
    @ParameterizedTest
    @CsvSource({"ar,EG", "tr,TR", "th,TH"})
    void defaultLocaleChangesNothing(String language, String country, @TempDir Path folder) {
        int broker = Ports.free();
        JsonObject configuration = new JsonObject()
                .put("http", new JsonObject().put("port", Ports.free()))
                .put("broker", new JsonObject().put("port", broker))
                .put("mqtt", new JsonObject().put("base_topic", "INFO"))
                .put(
                        "database",
                        new JsonObject().put("path", folder.resolve("p.db").toString()));
        try (ChildBridge bridge = ChildBridge.start(
                        folder,
                        configuration,
                        "-Duser.language=" + language,
                        "-Duser.country=" + country,
                        "-Duser.extensions=nu-arab");
                TestSubscriber user = TestSubscriber.listen(broker, "INFO/#")) {
            user.await("INFO/bridge/state", heard -> heard.text().equals("{\"state\":\"online\"}"));
            HttpApi api = bridge.api();
            HttpApi.json(
                    api.post(
                            "/api/printers",
                            new JsonObject()
                                    .put("name", "IDLE I")
                                    .put("driver", "octoprint")
                                    .put("address", "192.0.2.1")),
                    201);

            assertThat(HttpApi.json(api.get("/api/printers/idle-i"), 200).getString("id"))
                    .isEqualTo("idle-i");
            assertThat(api.get("/metrics").body()).isNotEmpty().matches("\\p{ASCII}*");
            assertThat(String.join("\n", bridge.lines())).matches("\\p{ASCII}*").contains("mqtt://127.0.0.1:" + broker);
        }
    }
}
