package io.github.printer2mqtt;

import io.github.printer2mqtt.testing.OctoPrint;
import java.nio.file.Path;

/** The same OctoPrint, which refuses its push socket and is polled. */
class OctoPrintWithoutWebSocketIT extends OctoPrintIT {
    @Override
    OctoPrint start(Path base) {
        OctoPrint started = OctoPrint.startWithoutWebSockets(base);
        started.connectPrinter();
        return started;
    }

    @Override
    String mode() {
        return "poll";
    }
}
