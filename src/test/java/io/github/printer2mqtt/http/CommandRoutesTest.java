package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRoutesTest {
    private static final String COMMANDS = "/api/printers/mk4/commands/";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @BeforeEach
    void registerOne() {
        api.fleet.register("mk4", null);
    }

    @Test
    void commandIsExecuted() {
        HttpResponse<String> response = api.send("POST", COMMANDS + "pause", null);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"status\":\"accepted\"}");
        api.send("POST", COMMANDS + "resume", "{}");
        api.send("POST", COMMANDS + "cancel", "");
        PrinterId mk4 = new PrinterId("mk4");
        assertThat(api.commands.executed)
                .containsExactly(
                        new InMemoryCommands.Execution(mk4, Command.PAUSE),
                        new InMemoryCommands.Execution(mk4, Command.RESUME),
                        new InMemoryCommands.Execution(mk4, Command.CANCEL));
    }

    @Test
    void argumentsAreParsed() {
        PrinterId mk4 = new PrinterId("mk4");
        for (String[] request : new String[][] {
            {"nozzle_temperature", "{\"target\":215}"},
            {"bed_temperature", "{\"target\":62.54}"},
            {"home", "{\"axes\":[\"z\",\"x\"]}"},
            {"home", "{}"},
            {"emergency_stop", null},
            {"clear_plate", "{}"}
        }) {
            assertThat(api.send("POST", COMMANDS + request[0], request[1]).statusCode())
                    .as(request[0])
                    .isEqualTo(202);
        }
        assertThat(api.commands.executed)
                .containsExactly(
                        new InMemoryCommands.Execution(mk4, new Command.SetTemperature(Command.Heater.NOZZLE, 215)),
                        new InMemoryCommands.Execution(mk4, new Command.SetTemperature(Command.Heater.BED, 62.5)),
                        new InMemoryCommands.Execution(
                                mk4, new Command.Home(EnumSet.of(Command.Axis.X, Command.Axis.Z))),
                        new InMemoryCommands.Execution(mk4, Command.Home.everywhere()),
                        new InMemoryCommands.Execution(mk4, Command.EMERGENCY_STOP),
                        new InMemoryCommands.Execution(mk4, Command.CLEAR_PLATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nozzle_temperature | {\"target\":351}        | 422 | target",
                "nozzle_temperature | {\"target\":\"215\"}    | 422 | target",
                "nozzle_temperature | {}                      | 422 | target",
                "nozzle_temperature | {\"target\":NaN}        | 400 |",
                "nozzle_temperature | 215                     | 400 |",
                "nozzle_temperature | [215]                   | 400 |",
                "bed_temperature    | {\"target\":60,\"at\":1} | 422 | at",
                "bed_temperature    | {\"target\":60,\"\\ud800\":1} | 422 | ?",
                "home               | {\"axes\":[\"e\"]}      | 422 | axes",
                "emergency_stop     | {\"now\":true}          | 422 | now"
            })
    void invalidArgumentIsRejected(String verb, String body, int status, @Nullable String field) {
        HttpResponse<String> response = api.send("POST", COMMANDS + verb, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(new JsonObject(response.body()).getString("field")).isEqualTo(field);
        assertThat(api.commands.executed).isEmpty();
    }

    @Test
    void everyCommandErrorHasItsStatus() {
        Map<Code, Integer> expected = Map.of(
                Code.PRINTER_NOT_FOUND, 404,
                Code.UNSUPPORTED, 501,
                Code.STATE_CONFLICT, 409,
                Code.PRINTER_OFFLINE, 409,
                Code.REFUSED_BY_PRINTER, 502,
                Code.TIMEOUT, 504,
                Code.OUTCOME_UNKNOWN, 504,
                Code.NO_OWNER, 503,
                Code.STOPPING, 503);
        for (Code code : Code.values()) {
            api.commands.failure = new CommandException(code, "because " + code);

            HttpResponse<String> response = api.send("POST", COMMANDS + "pause", null);

            assertThat(response.statusCode()).as(code.wireName()).isEqualTo(expected.get(code));
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code.wireName());
            assertThat(new JsonObject(response.body()).getString("detail")).isEqualTo("because " + code);
        }
    }

    @Test
    void unknownCommandsAndPrintersAreRejected() {
        assertThat(api.send("POST", COMMANDS + "explode", null).statusCode()).isEqualTo(501);
        assertThat(api.send("POST", "/api/printers/nobody/commands/pause", null).statusCode())
                .isEqualTo(404);
        assertThat(api.send("POST", COMMANDS + "pause", "{\"at\":3}").statusCode())
                .isEqualTo(422);
        assertThat(api.send("GET", COMMANDS + "pause", null).statusCode()).isEqualTo(405);
        assertThat(api.commands.executed).isEmpty();
    }

    @Test
    void emptyBodyIsAcceptedWithAnyContentType() {
        for (String type : new String[] {"application/x-www-form-urlencoded", "text/plain", "nonsense"}) {
            assertThat(api.send("POST", COMMANDS + "pause", "", "Content-Type", type)
                            .statusCode())
                    .as(type)
                    .isEqualTo(202);
        }
    }

    @Test
    void htmlFormsAreRejected() {
        for (String type : new String[] {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data"}) {
            assertThat(api.send("POST", COMMANDS + "cancel", "a=b", "Content-Type", type)
                            .statusCode())
                    .as(type)
                    .isEqualTo(415);
            assertThat(api.send("POST", COMMANDS + "cancel", "", "Content-Type", type, "Origin", "http://evil.example")
                            .statusCode())
                    .as(type)
                    .isEqualTo(403);
            assertThat(api.send("POST", "/api/printers", "{}", "Content-Type", type)
                            .statusCode())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(api.commands.executed).isEmpty();
    }
}
