package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Printer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandFieldsTest {
    private static final JsonObject PLAIN =
            new JsonObject("{\"name\":\"Voron\",\"driver\":\"moonraker\",\"address\":\"192.0.2.7\"}");
    private static final Set<Verb> CONFIGURED = Set.of(Verb.PAUSE);

    @Test
    void configuredCommandsApplyUnlessOverridden() {
        for (String commands : new String[] {"null", "{}", "{\"mqtt\":null}"}) {
            assertThat(verbs(commands)).as(commands).isEqualTo(CONFIGURED);
        }
        assertThat(verbs("{\"mqtt\":[]}")).isEmpty();
        assertThat(verbs("{\"mqtt\":[\"home\",\"bed_temperature\"]}"))
                .containsExactlyInAnyOrder(Verb.HOME, Verb.BED_TEMPERATURE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mqtt\":[\"home\",\"explode\"]} | commands.mqtt[1]",
                "{\"mqtt\":[7]}                  | commands.mqtt[0]",
                "{\"mqtt\":\"home\"}             | commands.mqtt",
                "{\"http\":[]}                   | commands.http",
                "[]                              | commands"
            })
    void unknownCommandIsRefused(String commands, String field) {
        assertThatThrownBy(() -> verbs(commands))
                .isInstanceOfSatisfying(
                        RegistrationException.class,
                        error -> assertThat(error.field()).isEqualTo(field));
    }

    @Test
    void overrideIsStoredPatchedAndRemoved() {
        try (RegistrationFixture fixture = RegistrationFixture.create()) {
            JsonObject commands = new JsonObject().put("mqtt", new JsonArray().add("cancel"));
            Printer printer =
                    fixture.add(PLAIN.copy().put("commands", commands)).printer();
            assertThat(RegistrationDocument.of(printer).getJsonObject("commands"))
                    .isEqualTo(commands);
            JsonObject rename = new JsonObject().put("name", "Voron 2");
            Printer renamed =
                    done(fixture.registrations.change(printer.id(), rename)).printer();
            assertThat(renamed.mqttCommands()).containsExactly(Verb.CANCEL);
            JsonObject none = new JsonObject().putNull("commands");
            assertThat(done(fixture.registrations.change(printer.id(), none))
                            .printer()
                            .mqttCommands())
                    .isNull();
        }
    }

    private static Set<Verb> verbs(String commands) {
        JsonObject registration = new JsonObject(PLAIN.encode().replaceFirst("}$", ",\"commands\":" + commands + "}"));
        Set<Verb> own = RegistrationRequest.parse(registration).mqttCommands();
        return own == null ? CONFIGURED : own;
    }
}
