package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Command → the messages to publish. The firmware drops a request without {@code sequence_id} or with a missing {@code param}.
 * Pure.
 *
 * @param name that the printer repeats in its reply
 * @param payloads the first is replied to
 */
record BambuCommandRequest(String name, List<byte[]> payloads) {
    /** Percent of the four speeds: silent, standard, sport and ludicrous. Source: BambuStudio. */
    private static final Map<Integer, String> SPEEDS = Map.of(50, "1", 100, "2", 124, "3", 166, "4");

    static BambuCommandRequest of(PrinterCommand command, String sequence, BambuModel model) {
        if (command instanceof Command.SetTemperature set) {
            String code = set.heater() == Command.Heater.BED ? "M140" : "M104";
            return print("gcode_line", code + " S" + set.targetText() + "\n", sequence);
        }
        if (command instanceof Command.Home home) {
            String axes = home.axes().stream()
                    .map(axis -> axis.wireName().toUpperCase(Locale.ROOT))
                    .collect(Collectors.joining(" "));
            boolean isAll = home.axes().size() == Command.Axis.values().length;
            return print("gcode_line", isAll ? "G28\n" : "G28 " + axes + "\n", sequence);
        }
        if (command instanceof Command.SetSpeed set) {
            String level = SPEEDS.get(set.percent());
            if (level == null) {
                throw new CommandRefusedException(
                        Reason.OTHER, "Bambu Lab printers have the speeds 50, 100, 124 and 166 percent");
            }
            return print("print_speed", level, sequence);
        }
        if (command instanceof Command.SetLight set) {
            return light(set, sequence, model);
        }
        return switch (command.capability()) {
            case PAUSE -> print("pause", "", sequence);
            case RESUME -> print("resume", "", sequence);
            case CANCEL -> print("stop", "", sequence);
            default ->
                throw new CommandRefusedException(
                        Reason.UNSUPPORTED,
                        "Bambu Lab printers have no " + command.capability().wireName());
        };
    }

    private static BambuCommandRequest print(String name, String parameter, String sequence) {
        return new BambuCommandRequest(name, List.of(message("print", name, sequence, parameter)));
    }

    private static BambuCommandRequest light(Command.SetLight set, String sequence, BambuModel model) {
        List<byte[]> payloads = new ArrayList<>(List.of(light("chamber_light", set, sequence)));
        if (model.hasSecondLight()) {
            payloads.add(light("chamber_light2", set, "0"));
        }
        return new BambuCommandRequest("ledctrl", payloads);
    }

    private static byte[] light(String node, Command.SetLight set, String sequence) {
        return bytes(new JsonObject()
                .put(
                        "system",
                        new JsonObject()
                                .put("sequence_id", sequence)
                                .put("command", "ledctrl")
                                .put("led_node", node)
                                .put("led_mode", set.on() ? "on" : "off")
                                .put("led_on_time", 500)
                                .put("led_off_time", 500)
                                .put("loop_times", 0)
                                .put("interval_time", 0)));
    }

    /** Asks for the model and its firmware. */
    static byte[] getVersion(String sequence) {
        return message("info", "get_version", sequence, null);
    }

    /** Asks for the whole status. */
    static byte[] pushAll(String sequence) {
        return bytes(new JsonObject()
                .put(
                        "pushing",
                        new JsonObject()
                                .put("sequence_id", sequence)
                                .put("command", "pushall")
                                .put("version", 1)
                                .put("push_target", 1)));
    }

    /** Starts the stream of reports again, which another program may have stopped. */
    static byte[] startPushing(String sequence) {
        return message("pushing", "start", sequence, null);
    }

    private static byte[] message(String kind, String name, String sequence, @Nullable String parameter) {
        JsonObject body = new JsonObject().put("sequence_id", sequence).put("command", name);
        if (parameter != null) {
            body.put("param", parameter);
        }
        return bytes(new JsonObject().put(kind, body));
    }

    private static byte[] bytes(JsonObject message) {
        return message.encode().getBytes(StandardCharsets.UTF_8);
    }
}
