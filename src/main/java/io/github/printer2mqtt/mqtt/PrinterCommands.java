package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.RequestProblem.Code;
import io.github.printer2mqtt.mqtt.Topics.CommandTopic;
import io.github.printer2mqtt.printer.Capability;
import io.github.printer2mqtt.printer.Command;
import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.Quoted;
import io.github.printer2mqtt.wire.ResponseDocument;
import java.util.Set;

/** What {@code printers/<id>/command/<verb>} means. Belongs to the context of {@link MqttVerticle}. */
final class PrinterCommands {
    private static final String REFRESH = "refresh";

    private final MqttDoors doors;
    private final Refresher refresher;
    private final Set<Capability> allowed;

    PrinterCommands(MqttDoors doors, Refresher refresher, Set<Capability> allowed) {
        this.doors = doors;
        this.refresher = refresher;
        this.allowed = allowed;
    }

    /** @throws RequestProblem if it is not in order or not allowed */
    Errand errand(CommandTopic topic, RequestPayload payload) {
        if (topic.verb().equals(REFRESH)) {
            payload.expectOnly();
            return refresher.one(printer(topic.printer()));
        }
        Command command = command(topic.verb());
        String verb = command.capability().word();
        if (!allowed.contains(command.capability())) {
            throw new RequestProblem(
                    Code.NOT_ALLOWED,
                    "the command " + verb + " is not accepted over MQTT; commands.mqtt in the configuration allows it");
        }
        payload.expectOnly();
        PrinterId printer = printer(topic.printer());
        return () -> doors.commands().execute(printer, command).map(done -> ResponseDocument.nothing());
    }

    private static Command command(String verb) {
        return switch (verb) {
            case "pause" -> new Command.Pause();
            case "resume" -> new Command.Resume();
            case "cancel" -> new Command.Cancel();
            default ->
                throw new RequestProblem(
                        Code.UNKNOWN_VERB,
                        "found the command " + Quoted.of(verb) + ", expected pause, resume, cancel or refresh");
        };
    }

    /** What is no id at all is a printer that does not exist. */
    static PrinterId printer(String id) {
        try {
            return new PrinterId(id);
        } catch (InvalidValueException e) {
            throw Refresher.notFound(id);
        }
    }
}
