package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.Shapes;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Compares a simulator with recordings: status line, header names, content type, keys and types of the body. */
final class RecordedShape {
    private RecordedShape() {}

    /** Sends the recorded request and compares the responses. */
    static RawResponse assertMatches(ProtocolSimulator simulator, String recording) {
        return assertMatches(simulator, Recording.request(recording), recording);
    }

    /** Compares the response to a request that was not recorded. */
    static RawResponse assertMatches(ProtocolSimulator simulator, SimulatedRequest request, String recording) {
        RawResponse recorded = Recording.response(recording);
        RawResponse simulated =
                RawResponse.parse(simulator.respond(request).bytes().getBytes());
        assertThat(simulated.protocol() + ' ' + simulated.status() + ' ' + simulated.reason())
                .as(recording)
                .isEqualTo(recorded.protocol() + ' ' + recorded.status() + ' ' + recorded.reason());
        assertThat(Recording.headerNames(simulated)).as(recording).isEqualTo(Recording.headerNames(recorded));
        assertThat(simulated.headers().get("Content-Type"))
                .as(recording)
                .isEqualTo(recorded.headers().get("Content-Type"));
        if (recorded.body().startsWith("{")) {
            assertThat(Shapes.differences(recorded.json(), simulated.json()))
                    .as(recording)
                    .isEmpty();
        }
        return simulated;
    }

    static SimulatedRequest get(String target, String... headers) {
        return request("GET", target, headers);
    }

    /** @param headers alternating names and values */
    static SimulatedRequest request(String method, String target, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i].toLowerCase(Locale.ROOT), headers[i + 1]);
        }
        return new SimulatedRequest(method, target, false, map, "");
    }
}
