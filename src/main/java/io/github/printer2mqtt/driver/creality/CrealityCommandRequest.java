package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/**
 * Command → message, and how the status shows that it was executed, since the printer does not reply. Pure. Source: the commands of
 * CrealityPrint's device manager as ha_creality_ws sends them.
 *
 * @param text of the message
 * @param isDone whether a status shows the effect
 */
record CrealityCommandRequest(String text, Predicate<CrealityReport> isDone) {
    /** Asks for the whole status. */
    static final String STATUS = "{\"method\":\"get\",\"params\":{\"ReqPrinterPara\":1}}";

    /** Asks for the spools. */
    static final String SPOOLS = "{\"method\":\"get\",\"params\":{\"boxsInfo\":1}}";

    /** @param now the newest status */
    static CrealityCommandRequest of(PrinterCommand command, CrealityReport now) {
        if (command instanceof Command.SetTemperature set) {
            int target = (int) Math.round(set.target());
            return set.heater() == Command.Heater.BED
                    ? request(
                            "bedTempControl",
                            new JsonObject().put("num", 0).put("val", target),
                            report -> report.is("targetBedTemp0", target))
                    : request("nozzleTempControl", target, report -> report.is("targetNozzleTemp", target));
        }
        if (command instanceof Command.SetLight set) {
            int value = set.on() ? 1 : 0;
            return request("lightSw", value, report -> report.is("lightSw", value));
        }
        if (command instanceof Command.SetSpeed set) {
            return request("setFeedratePct", set.percent(), report -> report.is("curFeedratePct", set.percent()));
        }
        return switch (command.capability()) {
            case PAUSE -> pause(now);
            case RESUME -> request("pause", 0, CrealityReport::isPrinting);
            case CANCEL -> cancel(now);
            default ->
                throw new CommandRefusedException(
                        Reason.UNSUPPORTED,
                        "Creality printers have no " + command.capability().wireName());
        };
    }

    /** A pause that arrives while the printer homes is lost. Source: ha_creality_ws. */
    private static CrealityCommandRequest pause(CrealityReport now) {
        if (now.isHoming()) {
            throw new CommandRefusedException(
                    Reason.STATE, "the printer homes its axes and would ignore it: pause it once it prints");
        }
        return request("pause", 1, CrealityReport::isPaused);
    }

    private static CrealityCommandRequest cancel(CrealityReport now) {
        if (!now.isUnderWay() && now.isPowerLossPending()) {
            throw new CommandRefusedException(
                    Reason.STATE,
                    "the printer asks whether the print goes on after a power loss: answer at its screen");
        }
        return request("stop", 1, report -> report.isStopping() || !report.isUnderWay());
    }

    private static CrealityCommandRequest request(String name, Object value, Predicate<CrealityReport> isDone) {
        JsonObject message = new JsonObject().put("method", "set").put("params", new JsonObject().put(name, value));
        return new CrealityCommandRequest(message.encode(), isDone);
    }
}
