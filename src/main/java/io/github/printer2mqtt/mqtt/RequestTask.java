package io.github.printer2mqtt.mqtt;

import io.vertx.core.Future;

/** Something asked over the broker that was found in order and is not yet begun. Run once at most. */
interface RequestTask {
    /** Begins it; succeeds with the data of the answer, a JSON object. */
    Future<byte[]> run();
}
