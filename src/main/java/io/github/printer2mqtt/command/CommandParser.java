package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a command from a verb and its arguments, for every interface alike. Invalid arguments are rejected, never corrected.
 * Pure.
 */
public final class CommandParser {
    private static final String TARGET = "target";
    private static final String AXES = "axes";
    private static final String ON = "on";
    private static final String PERCENT = "percent";

    /** Longest part of a number or an unknown name that a message quotes. */
    private static final int MAX_QUOTED = 24;

    private CommandParser() {}

    /**
     * @throws InvalidArgumentException if an argument is missing, unknown or wrong
     */
    public static Command read(Verb verb, JsonObject arguments) {
        return switch (verb) {
            case PAUSE -> withoutArguments(arguments, Command.PAUSE);
            case RESUME -> withoutArguments(arguments, Command.RESUME);
            case CANCEL -> withoutArguments(arguments, Command.CANCEL);
            case NOZZLE_TEMPERATURE -> temperature(Command.Heater.NOZZLE, arguments);
            case BED_TEMPERATURE -> temperature(Command.Heater.BED, arguments);
            case HOME -> home(arguments);
            case EMERGENCY_STOP -> withoutArguments(arguments, Command.EMERGENCY_STOP);
            case LIGHT -> light(arguments);
            case SPEED -> speed(arguments);
            case CLEAR_PLATE -> withoutArguments(arguments, Command.CLEAR_PLATE);
        };
    }

    /** The argument whose value may replace the object of arguments; null if the verb has none. */
    public static @Nullable String loneArgument(Verb verb) {
        return switch (verb) {
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> TARGET;
            case LIGHT -> ON;
            case SPEED -> PERCENT;
            case PAUSE, RESUME, CANCEL, HOME, EMERGENCY_STOP, CLEAR_PLATE -> null;
        };
    }

    private static Command withoutArguments(JsonObject arguments, Command command) {
        expectOnly(arguments, List.of());
        return command;
    }

    private static Command temperature(Command.Heater heater, JsonObject arguments) {
        expectOnly(arguments, List.of(TARGET));
        Object value = arguments.getValue(TARGET);
        // The comparison also rejects NaN.
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= heater.highest()) {
            return new Command.SetTemperature(heater, number.doubleValue());
        }
        throw new InvalidArgumentException(
                TARGET,
                "found " + found(value) + ", expected degrees Celsius from 0 (off) to " + heater.highest()
                        + " as a number");
    }

    private static Command light(JsonObject arguments) {
        expectOnly(arguments, List.of(ON));
        Object value = arguments.getValue(ON);
        if (value instanceof Boolean on) {
            return new Command.SetLight(on);
        }
        throw new InvalidArgumentException(ON, "found " + found(value) + ", expected true or false");
    }

    private static Command speed(JsonObject arguments) {
        expectOnly(arguments, List.of(PERCENT));
        Object value = arguments.getValue(PERCENT);
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= Command.SetSpeed.LOWEST
                && number.intValue() <= Command.SetSpeed.HIGHEST) {
            return new Command.SetSpeed(number.intValue());
        }
        throw new InvalidArgumentException(
                PERCENT,
                "found " + found(value) + ", expected a whole number from " + Command.SetSpeed.LOWEST + " to "
                        + Command.SetSpeed.HIGHEST);
    }

    private static Command home(JsonObject arguments) {
        expectOnly(arguments, List.of(AXES));
        if (!arguments.containsKey(AXES)) {
            return Command.Home.everywhere();
        }
        Set<Command.Axis> axes = EnumSet.noneOf(Command.Axis.class);
        Object value = arguments.getValue(AXES);
        if (value instanceof JsonArray words) {
            for (Object word : words) {
                axes.add(axis(word));
            }
        }
        if (axes.isEmpty()) {
            throw invalidAxes(value);
        }
        return new Command.Home(axes);
    }

    private static Command.Axis axis(@Nullable Object word) {
        for (Command.Axis axis : Command.Axis.values()) {
            if (axis.wireName().equals(word)) {
                return axis;
            }
        }
        throw invalidAxes(word);
    }

    private static InvalidArgumentException invalidAxes(@Nullable Object value) {
        return new InvalidArgumentException(
                AXES, "found " + found(value) + ", expected an array of \"x\", \"y\" and \"z\", or nothing for all");
    }

    private static void expectOnly(JsonObject arguments, List<String> names) {
        for (String name : arguments.fieldNames()) {
            if (!names.contains(name)) {
                String shown = name.length() > MAX_QUOTED ? name.substring(0, MAX_QUOTED) : name;
                throw new InvalidArgumentException(
                        shown.replaceAll("[^\\x20-\\x7e]", "?"),
                        names.isEmpty()
                                ? "this command takes no arguments"
                                : "this command takes only " + String.join(" and ", names));
            }
        }
    }

    private static String found(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof Number || value instanceof Boolean) {
            String text = value.toString();
            return text.length() > MAX_QUOTED ? "a longer number" : text;
        }
        if (value instanceof String text) {
            return QuotedText.of(text);
        }
        return value instanceof JsonArray ? "an array" : "an object";
    }
}
