package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request of the protocol. Source: elegoo-homeassistant and elegoo-link.
 *
 * @param method its number
 * @param parameters its arguments
 */
record Cc2Command(int method, JsonObject parameters) {
    static final int STATUS = 1002;

    private static final int BUSY = 1009;
    private static final int NOT_PRINTING = 1010;

    static Cc2Command status() {
        return new Cc2Command(STATUS, new JsonObject());
    }

    /** @throws CommandRefusedException for a command or value that is not supported */
    static Cc2Command of(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> new Cc2Command(1021, new JsonObject());
            case CANCEL -> new Cc2Command(1022, new JsonObject());
            case RESUME -> new Cc2Command(1023, new JsonObject());
            case LIGHT ->
                new Cc2Command(1029, new JsonObject().put("power", ((Command.SetLight) command).on() ? 1 : 0));
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> heat((Command.SetTemperature) command);
            case SPEED, HOME, EMERGENCY_STOP ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "the driver for the Centauri Carbon 2 has no "
                                + command.capability().wireName());
        };
    }

    private static Cc2Command heat(Command.SetTemperature set) {
        double target = set.target();
        if (target != Math.rint(target)) {
            throw new CommandRefusedException(
                    CommandRefusedException.Reason.OTHER,
                    "found " + set.targetText() + " °C, expected whole degrees: the printer knows no others");
        }
        String heater = set.heater() == Command.Heater.NOZZLE ? "extruder" : "heater_bed";
        return new Cc2Command(1028, new JsonObject().put(heater, Math.round(target)));
    }

    /** @param id with which the response is found */
    JsonObject message(int id) {
        return new JsonObject().put("id", id).put("method", method).put("params", parameters);
    }

    /** Why a request was refused; null if the code means that it was accepted. */
    static @Nullable CommandRefusedException refusal(int code) {
        return switch (code) {
            case 0 -> null;
            case BUSY -> new CommandRefusedException(CommandRefusedException.Reason.STATE, "the printer is busy");
            case NOT_PRINTING ->
                new CommandRefusedException(CommandRefusedException.Reason.STATE, "the printer does not print");
            default ->
                new CommandRefusedException(
                        CommandRefusedException.Reason.OTHER, "the printer refuses the command (code " + code + ")");
        };
    }
}
