package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that the firmware wants: it drops a request without one and says nothing. */
class BambuCommandRequestTest {
    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "pause", ""),
                Arguments.of(Command.RESUME, "resume", ""),
                Arguments.of(Command.CANCEL, "stop", ""),
                Arguments.of(new Command.SetTemperature(Command.Heater.NOZZLE, 215), "gcode_line", "M104 S215\n"),
                Arguments.of(new Command.SetTemperature(Command.Heater.BED, 62.5), "gcode_line", "M140 S62.5\n"),
                Arguments.of(Command.Home.everywhere(), "gcode_line", "G28\n"),
                Arguments.of(new Command.Home(EnumSet.of(Command.Axis.X, Command.Axis.Y)), "gcode_line", "G28 X Y\n"),
                Arguments.of(new Command.SetSpeed(50), "print_speed", "1"),
                Arguments.of(new Command.SetSpeed(124), "print_speed", "3"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasNumberNameAndParameter(PrinterCommand command, String name, String parameter) {
        BambuCommandRequest request = BambuCommandRequest.of(command, "20010", BambuModel.unknown());

        assertThat(request.name()).isEqualTo(name);
        assertThat(json(request))
                .containsExactly(new JsonObject()
                        .put(
                                "print",
                                new JsonObject()
                                        .put("sequence_id", "20010")
                                        .put("command", name)
                                        .put("param", parameter)));
    }

    @Test
    void lightHasEveryField() {
        BambuCommandRequest request = BambuCommandRequest.of(new Command.SetLight(true), "20010", BambuModel.unknown());

        assertThat(json(request))
                .containsExactly(new JsonObject("{\"system\":{\"sequence_id\":\"20010\",\"command\":\"ledctrl\","
                        + "\"led_node\":\"chamber_light\",\"led_mode\":\"on\",\"led_on_time\":500,"
                        + "\"led_off_time\":500,\"loop_times\":0,\"interval_time\":0}}"));
    }

    @Test
    void printersWithTwoLightsSwitchBoth() {
        BambuModel model = BambuModel.of(
                LenientJson.of(new JsonObject("{\"module\":[{\"name\":\"ota\",\"product_name\":\"Bambu Lab H2D\"}]}")));

        assertThat(json(BambuCommandRequest.of(new Command.SetLight(false), "20010", model)))
                .extracting(message -> message.getJsonObject("system").getString("led_node"))
                .containsExactly("chamber_light", "chamber_light2");
    }

    @Test
    void otherSpeedsAreRefused() {
        assertThatThrownBy(() -> BambuCommandRequest.of(new Command.SetSpeed(110), "20010", BambuModel.unknown()))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("50, 100, 124 and 166");
    }

    private static List<JsonObject> json(BambuCommandRequest request) {
        return request.payloads().stream()
                .map(bytes -> new JsonObject(new String(bytes, StandardCharsets.UTF_8)))
                .toList();
    }
}
