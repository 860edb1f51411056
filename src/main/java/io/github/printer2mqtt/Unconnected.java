package io.github.printer2mqtt;

import io.github.printer2mqtt.config.BridgeConfig;

/** Stands in the place of {@code Bridge} until that is built: says so when it is asked. */
final class Unconnected implements Launcher, OfflineDoor.Opener {
    @Override
    public Running start(BridgeConfig config) {
        throw missing();
    }

    @Override
    public Running startDemo(BridgeConfig config) {
        throw missing();
    }

    @Override
    public OfflineDoor open(BridgeConfig config) {
        throw missing();
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("the bridge is not built into this program yet");
    }
}
