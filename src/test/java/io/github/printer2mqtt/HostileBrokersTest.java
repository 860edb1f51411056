package io.github.printer2mqtt;

import io.github.printer2mqtt.hostile.HostileFarm;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** Hostile printers that are brokers. */
class HostileBrokersTest extends HostileFarmContract {
    @Override
    HostileFarm open(Vertx vertx, Path folder) {
        return HostileFarm.openBrokers(vertx);
    }
}
