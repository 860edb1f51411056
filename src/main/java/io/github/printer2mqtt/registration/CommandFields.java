package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Capability;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The field {@code commands} of a registration, which is written like section {@code commands} of the configuration. Pure. */
final class CommandFields {
    private static final List<String> NAMES = List.of("mqtt");

    private CommandFields() {}

    /**
     * The verbs accepted over MQTT; null for those of the configuration.
     *
     * @throws RegistrationException about the first field that does not fit
     */
    static @Nullable Set<Capability> parse(@Nullable Fields commands) {
        if (commands == null) {
            return null;
        }
        commands.expectNames(NAMES);
        JsonArray list = commands.list("mqtt");
        if (list == null) {
            return null;
        }
        Set<Capability> verbs = EnumSet.noneOf(Capability.class);
        for (int i = 0; i < list.size(); i++) {
            Capability verb = list.getValue(i) instanceof String word ? Capability.find(word) : null;
            if (verb == null) {
                throw commands.invalid("mqtt[" + i + "]", "expected one of " + Capability.wireNames());
            }
            verbs.add(verb);
        }
        return verbs;
    }

    /** With every key; null for what does not differ from the configuration. */
    static JsonObject document(@Nullable Set<Capability> verbs) {
        return new JsonObject()
                .put(
                        "mqtt",
                        verbs == null
                                ? null
                                : new JsonArray(new TreeSet<>(verbs)
                                        .stream().map(Capability::wireName).toList()));
    }
}
