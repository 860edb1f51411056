package io.github.printer2mqtt.demo;

import java.util.function.Supplier;

/** What to do with one request when its time has come. Runs on the connection's event loop. */
interface Fault {
    /** @param honest makes the honest answer, commands included; called by a trick only if it needs it */
    void play(SimulatorConnection connection, Supplier<SimulatedResponse> honest);
}
