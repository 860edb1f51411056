package io.github.printer2mqtt.http;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.LogConfig;

/** Log levels without effect. */
final class InMemoryLogLevels implements ApiServices.LogLevels {
    private volatile LogConfig current = BridgeConfig.defaults().log();

    @Override
    public LogConfig current() {
        return current;
    }

    @Override
    public void apply(LogConfig levels) {
        current = levels;
    }
}
