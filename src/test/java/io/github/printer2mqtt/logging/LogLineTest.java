package io.github.printer2mqtt.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLineTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.github.printer2mqtt.fleet.FleetState");

    @Test
    void lineNamesThePrinterThatItIsAbout() {
        JsonObject line = line(null, "command {} for {}: accepted", "pause", new PrinterId("mk4-left"));

        assertThat(line.getInstant("at")).isNotNull();
        assertThat(line.getString("level")).isEqualTo("warn");
        assertThat(line.getString("source")).isEqualTo("FleetState");
        assertThat(line.getString("printer")).isEqualTo("mk4-left");
        assertThat(line.getString("message")).isEqualTo("command pause for mk4-left: accepted");
        assertThat(line.getString("exception")).isNull();
    }

    @Test
    void exceptionIsTextOfOneJsonString() {
        JsonObject line = line(new IllegalStateException("two\nlines"), "stopping");

        assertThat(line.getString("printer")).isNull();
        assertThat(line.getString("exception"))
                .contains("IllegalStateException: two\nlines")
                .contains("\tat ");
    }

    @Test
    void lineIsOneLineAndBounded() {
        JsonObject line = line(null, "a\r\nb\u2028c\u0085d\u0000{}", "x".repeat(10_000));

        assertThat(line.getString("message")).startsWith("a\r\nb c d\u0000xxx").hasSize(2_001);
    }

    private static JsonObject line(@Nullable Throwable failure, String message, Object... arguments) {
        String json = new String(
                LogLine.json(new LoggingEvent("", LOGGER, Level.WARN, message, failure, arguments)),
                StandardCharsets.UTF_8);
        assertThat(json).doesNotContainPattern("[\\x00-\\x1f\\x85\\u2028\\u2029]");
        return new JsonObject(json);
    }
}
