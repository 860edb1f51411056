package io.github.printer2mqtt.bench.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a {@link ChildBridge} is started.
 *
 * @param launcher what starts it
 * @param flags of the virtual machine
 * @param environment keys of config.json as variables
 */
public record BridgeSetup(Launcher launcher, List<String> flags, Map<String, String> environment) {
    /** What starts a bridge. */
    public enum Launcher {
        /** {@code java -jar}, with nothing but the given flags. */
        JAVA,
        /** {@code bin/printer2mqtt}, which adds flags of its own, as in the image. */
        START_SCRIPT
    }

    /** The default configuration, with the embedded broker. */
    public static BridgeSetup standard() {
        return new BridgeSetup(Launcher.JAVA, List.of(), Map.of());
    }

    public BridgeSetup flags(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new BridgeSetup(launcher, List.copyOf(all), environment);
    }

    public BridgeSetup startedBy(Launcher other) {
        return new BridgeSetup(other, flags, environment);
    }

    public BridgeSetup broker(String url) {
        return with("MQTT_URL", url);
    }

    /** The timeout of a reading. */
    public BridgeSetup timeout(Duration timeout) {
        return with("POLLING_TIMEOUT", timeout.toMillis() + "ms");
    }

    /** Polls every printer at this interval, whatever its state and without back-off. */
    public BridgeSetup pollingEvery(Duration interval) {
        String text = interval.toMillis() + "ms";
        BridgeSetup setup = this;
        for (String state : List.of("PRINTING", "PREPARING", "PAUSED", "IDLE", "OFFLINE", "OFFLINE_MAX")) {
            setup = setup.with("POLLING_INTERVAL_" + state, text);
        }
        return setup;
    }

    private BridgeSetup with(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("PRINTER2MQTT_" + key, value);
        return new BridgeSetup(launcher, flags, Map.copyOf(all));
    }
}
