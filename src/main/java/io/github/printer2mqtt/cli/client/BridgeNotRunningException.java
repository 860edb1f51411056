package io.github.printer2mqtt.cli.client;

import java.net.URI;

/** Nothing listens at the address of the bridge. */
public final class BridgeNotRunningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BridgeNotRunningException(URI bridge) {
        super("no bridge runs at " + bridge, null, false, false);
    }
}
