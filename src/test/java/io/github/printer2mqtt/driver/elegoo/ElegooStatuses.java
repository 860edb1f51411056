package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Feeds messages to memory and mapper as a session does. */
public final class ElegooStatuses {
    private final PrintMemory memory = new PrintMemory();
    private LenientJson status = LenientJson.empty();
    private @Nullable String model;

    ElegooStatuses() {}

    /** The state that the driver reads from a status, in JSON. */
    public static PrinterState stateOf(String status) {
        return new ElegooStatuses()
                .message("{\"Status\":" + status + "}")
                .reading()
                .state();
    }

    ElegooStatuses message(String message) {
        return message(LenientJson.of(Objects.requireNonNull(BoundedJson.object(Buffer.buffer(message)), "JSON")));
    }

    /** A message that need not be one; the channel refuses or skips it as this does. */
    ElegooStatuses hostile(Buffer message) {
        try {
            Map<String, Object> members = BoundedJson.object(message);
            return members == null ? this : message(LenientJson.of(members));
        } catch (PrinterException refused) {
            return this;
        }
    }

    private ElegooStatuses message(LenientJson content) {
        if (content.at("Status").isObject()) {
            status = content.at("Status");
            memory.update(status);
        }
        String named = content.text("Attributes", "MachineName");
        model = named == null ? model : named;
        return this;
    }

    Reading reading() {
        return ElegooMapper.reading(status, memory, model);
    }
}
