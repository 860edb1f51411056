package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an archive for support without a running bridge. */
@FunctionalInterface
public interface LocalReport {
    /**
     * A ZIP archive of what can be found out on this machine. Blocks for a bounded time.
     *
     * @param config null if it is invalid
     * @param problems why no bridge was asked, for people
     */
    byte[] create(@Nullable BridgeConfig config, List<String> problems);
}
