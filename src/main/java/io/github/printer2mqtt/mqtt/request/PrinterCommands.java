package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.command.CommandParser;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.command.InvalidArgumentException;
import io.github.printer2mqtt.command.LoggingCommandService;
import io.github.printer2mqtt.json.ResponseDocument;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Origin;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.Topics.CommandTopic;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code printers/<id>/command/<verb>} means. Belongs to the context of {@code MqttVerticle}. */
public final class PrinterCommands {
    private static final String REFRESH = "refresh";

    private final CommandService commands;
    private final Supplier<List<Registration>> registrations;
    private final Refresher refresher;
    private final Set<Capability> allowed;

    /** @param allowed by the configuration */
    public PrinterCommands(
            CommandService commands,
            Supplier<List<Registration>> registrations,
            Refresher refresher,
            Set<Capability> allowed) {
        this.commands = new LoggingCommandService(commands, Origin.mqtt());
        this.registrations = registrations;
        this.refresher = refresher;
        this.allowed = allowed;
    }

    /** @throws RequestException if it is not in order or not allowed */
    RequestHandler.RequestTask task(CommandTopic topic, RequestPayload payload) {
        if (topic.verb().equals(REFRESH)) {
            payload.expectOnly();
            return refresher.one(printer(topic.printer()));
        }
        Capability verb = verb(topic.verb());
        expectAllowed(verb, topic.printer());
        Command command = command(verb, payload);
        PrinterId printer = printer(topic.printer());
        return () -> commands.execute(printer, command).map(done -> ResponseDocument.nothing());
    }

    /** A printer's own list replaces the configuration's, which holds for printers that do not exist as well. */
    private void expectAllowed(Capability verb, String printer) {
        for (Registration each : registrations.get()) {
            Set<Capability> own = each.printer().mqttCommands();
            if (own != null && each.printer().id().value().equals(printer)) {
                if (!own.contains(verb)) {
                    throw notAllowed(verb, "commands.mqtt in its registration allows it");
                }
                return;
            }
        }
        if (!allowed.contains(verb)) {
            throw notAllowed(verb, "commands.mqtt in the configuration allows it");
        }
    }

    private static RequestException notAllowed(Capability verb, String remedy) {
        return new RequestException(
                Code.NOT_ALLOWED, "the command " + verb.wireName() + " is not accepted over MQTT; " + remedy);
    }

    /** What a payload that is no object stands for, as number entities of Home Assistant send it; null for nothing. */
    static @Nullable String loneArgument(CommandTopic topic) {
        Capability verb = Capability.find(topic.verb());
        return verb == null ? null : CommandParser.loneArgument(verb);
    }

    private static Capability verb(String word) {
        Capability verb = Capability.find(word);
        if (verb == null) {
            throw new RequestException(
                    Code.UNKNOWN_VERB,
                    "found the command " + QuotedText.of(word) + ", expected one of " + Capability.wireNames() + ", "
                            + REFRESH);
        }
        return verb;
    }

    private static Command command(Capability verb, RequestPayload payload) {
        try {
            return CommandParser.read(verb, payload.arguments());
        } catch (InvalidArgumentException e) {
            throw new RequestException(Code.INVALID_FIELD, e.field() + ": " + e.getMessage());
        }
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
