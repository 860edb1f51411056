package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The field {@code commands} of a registration, in the format of section {@code commands} of the configuration. */
final class CommandFields {
    private static final List<String> NAMES = List.of("mqtt");

    private CommandFields() {}

    /**
     * The commands accepted over MQTT; null for those of the configuration.
     *
     * @throws RegistrationException for the first invalid field
     */
    static @Nullable Set<Verb> parse(Fields commands) {
        commands.requireKnownNames(NAMES);
        return commands.constants("mqtt", Verb.class);
    }

    /** A document with every key; null stands for the value of the configuration. */
    static JsonObject document(@Nullable Set<Verb> verbs) {
        return new JsonObject().put("mqtt", verbs == null ? null : new JsonArray(WireConstant.names(verbs)));
    }
}
