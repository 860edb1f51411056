package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.config.LogConfig.Level;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRoutesTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @Test
    void levelsAreReadAndReplaced() {
        assertThat(send("GET", null).body()).isEqualTo("{\"level\":\"info\",\"packages\":{}}");

        HttpResponse<String> changed = send("PUT", "{\"level\":\"warn\",\"packages\":{\"mqtt\":\"debug\"}}");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("{\"level\":\"warn\",\"packages\":{\"mqtt\":\"debug\"}}");
        assertThat(api.logLevels.current()).isEqualTo(new LogConfig(Level.WARN, Map.of("mqtt", Level.DEBUG)));
    }

    @Test
    void requestWithoutTokenChangesNothing() {
        assertThat(api.send("PUT", "/api/log", "{\"level\":\"trace\"}").statusCode())
                .isEqualTo(401);
        assertThat(api.logLevels.current()).isEqualTo(BridgeConfig.defaults().log());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"level":"loud"}                                  | level
                    {}                                                | level
                    {"level":"info","packages":{"io.netty":"trace"}}  | packages.io.netty
                    {"level":"info","packages":{"mqtt":1}}            | packages.mqtt
                    {"level":"info","packages":[]}                    | packages
                    {"level":"info","colour":"red"}                   | colour
                    """)
    void invalidLevelsNameTheFieldAndChangeNothing(String body, String field) {
        HttpResponse<String> response = send("PUT", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"" + field + "\"");
        assertThat(api.logLevels.current()).isEqualTo(BridgeConfig.defaults().log());
    }

    private HttpResponse<String> send(String method, @Nullable String body) {
        return api.send(method, "/api/log", body, "Authorization", "Bearer " + RunningApi.TOKEN);
    }
}
