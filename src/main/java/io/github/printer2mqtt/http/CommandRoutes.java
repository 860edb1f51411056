package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.POST;

import io.github.printer2mqtt.command.CommandParser;
import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.command.InvalidArgumentException;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.http.security.RequestAuthenticator.Known;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.access.Origin;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/** Sends commands to printers. */
record CommandRoutes(FleetView fleet, CommandService commands, RequestBodies bodies) {
    private static final byte[] ACCEPTED = "{\"status\":\"accepted\"}".getBytes(StandardCharsets.UTF_8);

    void mount(RouteTable routes) {
        routes.addWhenReady(Right.CONTROL, POST, "/api/printers/{id}/commands/{verb}", this::execute);
    }

    /** The body of a response to a command that was carried out. */
    static byte[] accepted() {
        return ACCEPTED.clone();
    }

    private Future<ApiResponse> execute(RoutingContext request) {
        PrinterId printer = PrinterRoutes.id(request);
        if (fleet.snapshot().find(printer) == null) {
            throw ProblemMapper.printerNotFound(printer.value()).asException();
        }
        Verb verb = verb(request.pathParam("verb"));
        return bodies.readOptionalObject(request)
                .compose(arguments -> commands.execute(printer, command(verb, arguments), origin(request)))
                .map(accepted -> ApiResponse.json(202, accepted()));
    }

    /** The origin of a request, for the log. */
    static Origin origin(RoutingContext request) {
        Origin origin = address(request);
        String user = RouteTable.sender(request) instanceof Known known
                ? known.principal().person()
                : null;
        return user == null ? origin : origin.of(user);
    }

    /** The same without the user who is logged in. */
    static Origin address(RoutingContext request) {
        String address = RouteTable.clientAddress(request);
        String agent = request.request().getHeader(HttpHeaders.USER_AGENT);
        boolean commandLine = agent != null && agent.startsWith("printer2mqtt-cli/");
        return commandLine ? Origin.commandLine(address) : Origin.http(address);
    }

    /** The command in a path; fails with 501 if no printer can have it. */
    static Verb verb(String word) {
        Verb verb = WireConstant.find(Verb.class, word);
        if (verb == null) {
            throw Problem.of(
                            501,
                            "unsupported",
                            "found the command " + QuotedText.of(word) + ", expected " + WireConstant.oneOf(Verb.class))
                    .asException();
        }
        return verb;
    }

    /** Checks arguments; fails with 422. */
    static Command command(Verb verb, JsonObject arguments) {
        try {
            return CommandParser.read(verb, arguments);
        } catch (InvalidArgumentException e) {
            throw Problem.invalidField(e.field(), String.valueOf(e.getMessage()));
        }
    }
}
