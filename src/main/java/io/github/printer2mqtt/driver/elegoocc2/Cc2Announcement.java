package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.net.lan.Datagram;
import io.github.printer2mqtt.net.lan.LanQuestion.Ask;
import io.github.printer2mqtt.net.lan.LanQuestion.Destination;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.regex.Pattern;

/** The answer of a Centauri Carbon 2 to method 7000 at UDP port 52700. Source: elegoo-homeassistant. */
final class Cc2Announcement {
    private static final int PORT = 52700;
    private static final Buffer QUESTION = Buffer.buffer("{\"id\":0,\"method\":7000}");
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z]{6,64}");

    private Cc2Announcement() {}

    static LanSource source() {
        return new LanSource(
                "elegoo",
                List.of(new Ask(List.of(Destination.broadcast(PORT)), from -> QUESTION)),
                Cc2Announcement::read);
    }

    private static List<Announcement> read(Datagram datagram) {
        LenientJson result = LenientJson.ofDatagram(datagram).at("result");
        String serial = result.text("sn");
        if (serial == null || !SERIAL.matcher(serial).matches()) {
            return List.of();
        }
        return List.of(new Announcement(
                null,
                "",
                TextSanitizer.line(result.text("host_name"), 64),
                TextSanitizer.line(result.text("machine_model"), 32),
                serial));
    }
}
