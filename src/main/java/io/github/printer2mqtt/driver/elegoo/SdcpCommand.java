package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command of the protocol. Source: the description of SDCP 3, and elegoo-homeassistant for what the Centauri adds. Others must never be
 * sent: some firmware resets at a number that it does not know.
 *
 * @param data its arguments
 */
record SdcpCommand(int number, JsonObject data) {
    private static final int CONTROL = 403;

    /** The modes of the printer: silent, balanced, sport and fastest. */
    private static final Set<Integer> SPEEDS = Set.of(50, 100, 130, 160);

    static SdcpCommand status() {
        return new SdcpCommand(0, new JsonObject());
    }

    static SdcpCommand attributes() {
        return new SdcpCommand(1, new JsonObject());
    }

    /** @throws CommandRefusedException for a command or value that is not supported */
    static SdcpCommand of(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> new SdcpCommand(129, new JsonObject());
            case CANCEL -> new SdcpCommand(130, new JsonObject());
            case RESUME -> new SdcpCommand(131, new JsonObject());
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> heat((Command.SetTemperature) command);
            case LIGHT -> light(((Command.SetLight) command).on() ? 1 : 0);
            case SPEED -> speed(((Command.SetSpeed) command).percent());
            case HOME, EMERGENCY_STOP ->
                throw new CommandRefusedException(
                        Reason.UNSUPPORTED,
                        "the driver for Elegoo has no " + command.capability().wireName());
        };
    }

    private static SdcpCommand heat(Command.SetTemperature set) {
        String name = set.heater() == Command.Heater.NOZZLE ? "TempTargetNozzle" : "TempTargetHotbed";
        return new SdcpCommand(CONTROL, new JsonObject().put(name, new BigDecimal(set.targetText())));
    }

    private static SdcpCommand light(int on) {
        JsonObject light = new JsonObject()
                .put("SecondLight", on)
                .put("RgbLight", new JsonArray().add(0).add(0).add(0));
        return new SdcpCommand(CONTROL, new JsonObject().put("LightStatus", light));
    }

    private static SdcpCommand speed(int percent) {
        if (!SPEEDS.contains(percent)) {
            throw new CommandRefusedException(
                    Reason.OTHER, "found " + percent + " percent, expected 50, 100, 130 or 160");
        }
        return new SdcpCommand(CONTROL, new JsonObject().put("PrintSpeedPct", percent));
    }

    /**
     * The whole message.
     *
     * @param mainboard the id of the printer; null before it is known
     */
    String message(String requestId, @Nullable String mainboard, long epochSeconds) {
        String id = mainboard == null ? "" : mainboard;
        return new JsonObject()
                .put("Id", "")
                .put(
                        "Data",
                        new JsonObject()
                                .put("Cmd", number)
                                .put("Data", data)
                                .put("RequestID", requestId)
                                .put("MainboardID", id)
                                .put("TimeStamp", epochSeconds)
                                .put("From", 1))
                .put("Topic", "sdcp/request/" + id)
                .encode();
    }

    /**
     * Why the printer refuses it; null if it does not.
     *
     * @param ack of the acknowledgement
     */
    static @Nullable String refusal(int ack) {
        return switch (ack) {
            case 0 -> null;
            case 1 -> "the printer is busy";
            case 2 -> "the printer does not find the file";
            case 3 -> "the file is damaged";
            case 4 -> "the printer cannot read the file";
            case 5 -> "the file has another resolution";
            case 6 -> "the printer does not know the format of the file";
            default -> "the printer refuses the command (code " + ack + ")";
        };
    }
}
