package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Feeds messages to merger and mapper as a connection does. */
public final class Cc2Messages {
    private final StatusMerger merger = new StatusMerger();
    private final PrintTrack track = new PrintTrack();

    Cc2Messages() {}

    /** The state that the driver reads from a whole status, in JSON. */
    public static PrinterState stateOf(String status) {
        return new Cc2Messages()
                .message(Buffer.buffer("{\"method\":1002,\"result\":" + status + "}"))
                .reading()
                .state();
    }

    /** What is no whole status and no change is skipped, as is what cannot be read. */
    Cc2Messages message(Buffer text) {
        try {
            Map<String, Object> members = BoundedJson.object(text);
            LenientJson message = LenientJson.of(members == null ? Map.of() : members);
            Map<?, ?> result = message.members("result");
            Integer method = message.integer("method");
            if (result != null && method != null && method == 1002) {
                merger.replace(result);
            } else if (result != null && method != null && method == 6000) {
                merger.merge(result);
            }
            track.update(merger.status());
        } catch (PrinterException refused) {
            return this;
        }
        return this;
    }

    Reading reading() {
        return Cc2Mapper.reading(merger.status(), track);
    }
}
