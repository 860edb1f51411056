package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;

/**
 * Command -> action of the API. Source: the vendor's text on it.
 *
 * @param data JSON made only of fixed texts and validated numbers
 */
record RepetierCommandRequest(String action, String data) {
    /** @throws CommandRefusedException for a command that is not supported */
    static RepetierCommandRequest of(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> new RepetierCommandRequest("send", "{\"cmd\":\"@pause\"}");
            case RESUME -> new RepetierCommandRequest("continueJob", "{}");
            case CANCEL -> new RepetierCommandRequest("stopJob", "{}");
            case EMERGENCY_STOP -> new RepetierCommandRequest("emergencyStop", "{}");
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> heat((Command.SetTemperature) command);
            case HOME, LIGHT, SPEED ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "the driver for Repetier-Server has no "
                                + command.capability().wireName());
        };
    }

    private static RepetierCommandRequest heat(Command.SetTemperature set) {
        String target = "{\"temperature\":" + set.targetText();
        return set.heater() == Command.Heater.NOZZLE
                ? new RepetierCommandRequest("setExtruderTemperature", target + ",\"extruder\":0}")
                : new RepetierCommandRequest("setBedTemperature", target + ",\"bedId\":0}");
    }
}
