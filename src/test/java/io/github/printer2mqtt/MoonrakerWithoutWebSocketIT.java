package io.github.printer2mqtt;

import io.github.printer2mqtt.testing.Moonraker;
import java.nio.file.Path;

/** The same Moonraker, which refuses web sockets and is polled. */
class MoonrakerWithoutWebSocketIT extends MoonrakerIT {
    @Override
    Moonraker start(Path base) {
        return Moonraker.startWithoutWebSockets(base);
    }

    @Override
    String mode() {
        return "poll";
    }
}
