package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import org.jspecify.annotations.Nullable;

/** Command -> G-code. Source: {@code src/GCodes/GCodes2.cpp} of the firmware. Pure. */
final class DuetCommands {
    static final String PAUSE = "M25";

    /** Executed only while a print is paused. */
    static final String CANCEL = "M0";

    private DuetCommands() {}

    /** @param tool the selected tool; null if there is none */
    static String gcode(PrinterCommand command, @Nullable Integer tool) {
        return switch (command.capability()) {
            case PAUSE -> PAUSE;
            case RESUME -> "M24";
            case CANCEL -> CANCEL;
            case EMERGENCY_STOP -> "M112";
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> heat((Command.SetTemperature) command, tool);
            case HOME, LIGHT, SPEED ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "the driver for RepRapFirmware has no "
                                + command.capability().wireName());
        };
    }

    /** G10 is understood by all versions; M568, its successor, only since 3.3. */
    private static String heat(Command.SetTemperature set, @Nullable Integer tool) {
        return set.heater() == Command.Heater.NOZZLE
                ? "G10 P" + (tool == null ? 0 : tool) + " S" + set.targetText()
                : "M140 S" + set.targetText();
    }
}
