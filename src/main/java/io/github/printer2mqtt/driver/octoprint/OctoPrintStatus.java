package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;

/**
 * OctoPrint's status, in the form of the HTTP API.
 *
 * @param job the response of {@code /api/job}
 * @param printer the response of {@code /api/printer}; empty if OctoPrint has no printer that can be used
 */
record OctoPrintStatus(LenientJson job, LenientJson printer) {
    static OctoPrintStatus none() {
        return new OctoPrintStatus(LenientJson.empty(), LenientJson.empty());
    }

    LenientJson temperature() {
        return printer.at("temperature");
    }
}
