package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.testing.CannedResponse;

/** Responses of a PrusaLink. */
final class PrusaLinkAnswers {
    private PrusaLinkAnswers() {}

    static CannedResponse recorded(String name) {
        return CannedResponse.recorded("/driver/prusalink/http/" + name + ".http");
    }

    static CannedResponse idle() {
        return CannedResponse.json(200, "{\"printer\":{\"state\":\"IDLE\"}}");
    }

    /** A status with a job at 50 %. */
    static CannedResponse printing(int id) {
        return CannedResponse.json(
                200, "{\"printer\":{\"state\":\"PRINTING\"},\"job\":{\"id\":" + id + ",\"progress\":50.00}}");
    }

    static CannedResponse jobAnswer(int id, String file) {
        return CannedResponse.json(
                200, "{\"id\":" + id + ",\"file\":{\"name\":\"X~1.GCO\",\"display_name\":\"" + file + "\"}}");
    }
}
