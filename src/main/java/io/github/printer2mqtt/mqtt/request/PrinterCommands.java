package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.command.CommandParser;
import io.github.printer2mqtt.command.InvalidArgumentException;
import io.github.printer2mqtt.json.ResponseDocument;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.access.Origin;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.Topics.CommandTopic;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles {@code printers/<id>/command/<verb>}. Belongs to the context of {@code MqttVerticle}. */
record PrinterCommands(MqttDependencies dependencies, RefreshRequests refreshRequests) {
    private static final String REFRESH = "refresh";

    /** @throws RequestException if the command is invalid or not allowed */
    RequestHandler.RequestTask task(CommandTopic topic, RequestPayload payload) {
        if (topic.verb().equals(REFRESH)) {
            payload.expectOnly();
            return refreshRequests.printer(printer(topic.printer()));
        }
        Verb verb = verb(topic.verb());
        expectAllowed(verb, topic.printer());
        Command command = command(verb, payload);
        PrinterId printer = printer(topic.printer());
        return () -> dependencies
                .services()
                .commands()
                .execute(printer, command, Origin.mqtt())
                .map(done -> ResponseDocument.nothing());
    }

    /** A printer's own list replaces that of the configuration, which also applies to unknown printers. */
    private void expectAllowed(Verb verb, String printer) {
        for (Registration each : dependencies.registrations().get()) {
            Set<Verb> own = each.printer().mqttCommands();
            if (own != null && each.printer().id().value().equals(printer)) {
                if (!own.contains(verb)) {
                    throw notAllowed(verb, "commands.mqtt of the printer");
                }
                return;
            }
        }
        if (!dependencies.facts().config().commands().mqtt().contains(verb)) {
            throw notAllowed(verb, "commands.mqtt in the configuration");
        }
    }

    private static RequestException notAllowed(Verb verb, String list) {
        return new RequestException(
                Code.NOT_ALLOWED, "the command " + verb.wireName() + " is not allowed over MQTT; add it to " + list);
    }

    /**
     * The argument given by a payload that is no object, as Home Assistant's number entities send it; null for none.
     */
    static @Nullable String scalarArgument(CommandTopic topic) {
        Verb verb = WireConstant.find(Verb.class, topic.verb());
        return verb == null ? null : CommandParser.loneArgument(verb);
    }

    private static Verb verb(String word) {
        Verb verb = WireConstant.find(Verb.class, word);
        if (verb == null) {
            throw new RequestException(
                    Code.UNKNOWN_VERB,
                    "found the command " + QuotedText.of(word) + ", expected " + WireConstant.oneOf(Verb.class) + ", "
                            + REFRESH);
        }
        return verb;
    }

    private static Command command(Verb verb, RequestPayload payload) {
        try {
            return CommandParser.read(verb, payload.arguments());
        } catch (InvalidArgumentException e) {
            throw new RequestException(Code.INVALID_FIELD, e.field() + ": " + e.getMessage());
        }
    }

    /** An invalid id counts as a printer that does not exist. */
    static PrinterId printer(String id) {
        try {
            return new PrinterId(id);
        } catch (InvalidValueException e) {
            throw RefreshRequests.notFound(id);
        }
    }
}
