package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;

/** Command -> line. Source: notes on the protocol. */
final class FlashforgeTcpCommand {
    private FlashforgeTcpCommand() {}

    /** @throws CommandRefusedException for a command or value that is not supported */
    static String line(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> "~M25";
            case RESUME -> "~M24";
            case CANCEL -> "~M26";
            case LIGHT -> ((Command.SetLight) command).on() ? "~M146 r255 g255 b255 F0" : "~M146 r0 g0 b0 F0";
            case NOZZLE_TEMPERATURE -> "~M104 S" + degrees((Command.SetTemperature) command) + " T0";
            case BED_TEMPERATURE -> "~M140 S" + degrees((Command.SetTemperature) command);
            case SPEED, HOME, EMERGENCY_STOP ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "the driver for older FlashForge printers has no "
                                + command.capability().wireName());
        };
    }

    private static long degrees(Command.SetTemperature set) {
        double target = set.target();
        if (target != Math.rint(target)) {
            throw new CommandRefusedException(
                    CommandRefusedException.Reason.OTHER,
                    "found " + set.targetText() + " °C, expected whole degrees: the printer knows no others");
        }
        return Math.round(target);
    }
}
