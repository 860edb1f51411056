package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.command.Commands;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.printer.Command;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.Quoted;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/** What printers are told to do. */
final class CommandRoutes {
    private static final byte[] ACCEPTED = "{\"status\":\"accepted\"}".getBytes(StandardCharsets.UTF_8);

    private final FleetView fleet;
    private final Commands commands;
    private final RequestBodies bodies;

    CommandRoutes(FleetView fleet, Commands commands, RequestBodies bodies) {
        this.fleet = fleet;
        this.commands = commands;
        this.bodies = bodies;
    }

    void mount(RouteTable routes) {
        routes.fleet(POST, "/api/printers/{id}/commands/{verb}", this::execute);
    }

    private Future<Reply> execute(RoutingContext request) {
        PrinterId printer = PrinterRoutes.id(request);
        if (fleet.snapshot().find(printer) == null) {
            throw Problems.printerNotFound(printer.value()).asException();
        }
        Command command = command(request.pathParam("verb"));
        return bodies.objectOrEmpty(request)
                .compose(arguments -> commands.execute(printer, withoutArguments(command, arguments)))
                .map(accepted -> Reply.json(202, ACCEPTED));
    }

    private static Command command(String verb) {
        return switch (verb) {
            case "pause" -> new Command.Pause();
            case "resume" -> new Command.Resume();
            case "cancel" -> new Command.Cancel();
            default ->
                throw Problem.of(
                                501,
                                "unsupported",
                                "found the command " + Quoted.of(verb) + ", expected pause, resume or cancel")
                        .asException();
        };
    }

    private static Command withoutArguments(Command command, JsonObject arguments) {
        for (String name : arguments.fieldNames()) {
            throw Problem.ofField(422, "invalid_field", name, "this command takes no arguments")
                    .asException();
        }
        return command;
    }
}
