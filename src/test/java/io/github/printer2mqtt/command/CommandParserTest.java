package io.github.printer2mqtt.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
    @ParameterizedTest
    @EnumSource
    void everyVerbIsParsed(Verb verb) {
        JsonObject arguments = new JsonObject();
        String argument = CommandParser.loneArgument(verb);
        if (argument != null) {
            arguments.put(argument, verb == Verb.LIGHT ? (Object) true : (Object) 60);
        }
        assertThat(CommandParser.read(verb, arguments).verb()).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({
        "LIGHT, on, 1",
        "LIGHT, on, '\"on\"'",
        "SPEED, percent, 9",
        "SPEED, percent, 301",
        "SPEED, percent, 99.5"
    })
    void rejectsInvalidLightAndSpeed(Verb verb, String argument, String value) {
        JsonObject arguments = new JsonObject("{\"" + argument + "\":" + value + "}");

        assertThatThrownBy(() -> CommandParser.read(verb, arguments))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({
        "215, 215.0, 215",
        "215.0, 215.0, 215",
        "62.54, 62.5, 62.5",
        "2.15e2, 215.0, 215",
        "0, 0.0, 0",
        "-0.0, 0.0, 0",
        "0.04, 0.0, 0",
        "200, 200.0, 200",
        "350, 350.0, 350"
    })
    void takesAnyNumberWithinTheLimits(String json, double target, String text) {
        Command command = CommandParser.read(Verb.NOZZLE_TEMPERATURE, new JsonObject("{\"target\":" + json + "}"));

        assertThat(command).isInstanceOfSatisfying(Command.SetTemperature.class, set -> {
            assertThat(set.target()).isEqualTo(target);
            assertThat(set.targetText()).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                       | found nothing",
                "{\"target\":null}        | found nothing",
                "{\"target\":130.1}       | found 130.1",
                "{\"target\":-0.1}        | found -0.1",
                "{\"target\":1e999}       | found",
                "{\"target\":99999999999999999999999999999999999999} | found a longer number",
                "{\"target\":\"60\"}      | found \"60\"",
                "{\"target\":\"NaN\"}     | found \"NaN\"",
                "{\"target\":\"60\\nM112\"} | found \"60?M112\"",
                "{\"target\":true}        | found true",
                "{\"target\":[60]}        | found an array",
                "{\"target\":{\"target\":60}} | found an object"
            })
    void rejectsInvalidTargetsInOneLine(String arguments, String found) {
        assertThatThrownBy(() -> CommandParser.read(Verb.BED_TEMPERATURE, new JsonObject(arguments)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith(found)
                .hasMessageEndingWith(", expected degrees Celsius from 0 (off) to 130 as a number")
                .hasMessageNotContaining("\n")
                .extracting(problem -> ((InvalidArgumentException) problem).field())
                .isEqualTo("target");
    }

    @Test
    void rejectsNonFiniteNumbers() {
        for (double target : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            JsonObject arguments = new JsonObject().put("target", target);
            assertThatThrownBy(() -> CommandParser.read(Verb.NOZZLE_TEMPERATURE, arguments))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> new Command.SetTemperature(Command.Heater.NOZZLE, target))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void homesAllOrTheNamedAxes() {
        assertThat(home("{}")).isEqualTo(Command.Home.everywhere());
        assertThat(home("{\"axes\":[\"z\",\"x\",\"z\"]}"))
                .isEqualTo(new Command.Home(EnumSet.of(Command.Axis.X, Command.Axis.Z)));
        assertThat(new Command.Home(EnumSet.of(Command.Axis.Z, Command.Axis.X)).axes())
                .containsExactly(Command.Axis.X, Command.Axis.Z);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"axes\":[]}",
                "{\"axes\":null}",
                "{\"axes\":\"xy\"}",
                "{\"axes\":[\"X\"]}",
                "{\"axes\":[\"x\",\"e\"]}",
                "{\"axes\":[\"x\\nM112\"]}",
                "{\"axes\":[null]}",
                "{\"axes\":[0]}",
                "{\"axes\":{\"x\":true}}"
            })
    void rejectsUnknownAxes(String arguments) {
        assertThatThrownBy(() -> home(arguments))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageEndingWith(", expected an array of \"x\", \"y\" and \"z\", or nothing for all");
    }

    @ParameterizedTest
    @EnumSource
    void rejectsUnknownArguments(Verb verb) {
        for (String name : List.of("force", "x".repeat(5000), "\ud800", "a\nb")) {
            JsonObject arguments = new JsonObject().put("target", 60).put(name, 1);
            if (CommandParser.loneArgument(verb) == null) {
                arguments.remove("target");
            }
            assertThatThrownBy(() -> CommandParser.read(verb, arguments))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageStartingWith("this command takes ")
                    .extracting(problem -> ((InvalidArgumentException) problem).field())
                    .asString()
                    .hasSizeBetween(1, 24)
                    .matches("[ -~]+");
        }
    }

    private static Command home(String arguments) {
        return CommandParser.read(Verb.HOME, new JsonObject(arguments));
    }
}
