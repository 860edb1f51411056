package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/**
 * The requests of one printer. Serial number and check code stand in every body; missing ones are sent empty, so that the printer
 * itself refuses them and one that is switched off is not mistaken for one that does. Source of the commands: flashforge-api-docs.
 */
final class FlashforgeRequests {
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

    /** Instead of a temperature: leaves the heater as it is. */
    private static final int UNCHANGED = -200;

    /** Instead of a temperature: switches the heater off. */
    private static final int OFF = -100;

    private static final int LOWEST_SPEED = 50;
    private static final int HIGHEST_SPEED = 150;

    private final Credentials credentials;

    /** @param credentials the serial number as username and the check code as password */
    FlashforgeRequests(Credentials credentials) {
        this.credentials = credentials;
    }

    /** The whole status. */
    PrinterRequest detail() {
        return PrinterRequest.queryJson("/detail", HEADERS, body().encode());
    }

    /** What can be controlled. */
    PrinterRequest product() {
        return PrinterRequest.queryJson("/product", HEADERS, body().encode());
    }

    /** @throws CommandRefusedException for a command or value that is not supported */
    PrinterRequest control(PrinterCommand command) {
        JsonObject payload = switch (command.capability()) {
            case PAUSE -> job("pause");
            case RESUME -> job("continue");
            case CANCEL -> job("cancel");
            case LIGHT ->
                payload(
                        "lightControl_cmd",
                        new JsonObject().put("status", ((Command.SetLight) command).on() ? "open" : "close"));
            case SPEED -> speed(((Command.SetSpeed) command).percent());
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE -> heat((Command.SetTemperature) command);
            case HOME, EMERGENCY_STOP ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "the driver for FlashForge has no "
                                + command.capability().wireName());
        };
        return PrinterRequest.postJson(
                "/control", HEADERS, body().put("payload", payload).encode());
    }

    private JsonObject body() {
        Secret code = credentials.password();
        return new JsonObject()
                .put("serialNumber", Objects.requireNonNullElse(credentials.username(), ""))
                .put("checkCode", code == null ? "" : code.reveal());
    }

    private static JsonObject payload(String name, JsonObject arguments) {
        return new JsonObject().put("cmd", name).put("args", arguments);
    }

    /** An empty id means the print that runs. */
    private static JsonObject job(String action) {
        return payload("jobCtl_cmd", new JsonObject().put("jobID", "").put("action", action));
    }

    /** Only what changes: a fan that is named with 0 would stop. */
    private static JsonObject speed(int percent) {
        if (percent < LOWEST_SPEED || percent > HIGHEST_SPEED) {
            throw new CommandRefusedException(
                    CommandRefusedException.Reason.OTHER,
                    "found " + percent + " percent, expected " + LOWEST_SPEED + " to " + HIGHEST_SPEED);
        }
        return payload("printerCtl_cmd", new JsonObject().put("speed", percent));
    }

    private static JsonObject heat(Command.SetTemperature set) {
        Number target = set.target() == 0 ? Integer.valueOf(OFF) : new BigDecimal(set.targetText());
        boolean isNozzle = set.heater() == Command.Heater.NOZZLE;
        return payload(
                "temperatureCtl_cmd",
                new JsonObject()
                        .put("platform", isNozzle ? UNCHANGED : target)
                        .put("rightNozzle", isNozzle ? target : UNCHANGED)
                        .put("leftNozzle", UNCHANGED)
                        .put("chamber", UNCHANGED));
    }
}
