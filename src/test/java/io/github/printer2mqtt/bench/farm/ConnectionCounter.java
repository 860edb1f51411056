package io.github.printer2mqtt.bench.farm;

import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Counts the connections of a farm. Confined to the farm's thread. */
final class ConnectionCounter {
    private int open;
    private int most;
    private long opened;
    private long refusals;

    void opened() {
        open++;
        opened++;
        most = Math.max(most, open);
    }

    void closed() {
        open--;
    }

    void refused(IOException cause) {
        if (refusals++ == 0) {
            System.err.println("the farm cannot accept a connection: " + cause.getMessage());
        }
    }

    /** Restarts the maximum at the current count. */
    void reset() {
        most = open;
        opened = 0;
        refusals = 0;
    }

    JsonObject told() {
        return new JsonObject()
                .put("now", open)
                .put("most", most)
                .put("opened", opened)
                .put("refused", refusals);
    }
}
