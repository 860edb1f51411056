package io.github.printer2mqtt.driver.elegoo;

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
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code M99999} at UDP port 3000. Printers with SDCP 1 answer as well but speak MQTT only. Source: text of SDCP 3.0.0,
 * elegoo-homeassistant.
 */
final class SdcpAnnouncement {
    static final int PORT = 3000;

    private static final Buffer QUESTION = Buffer.buffer("M99999");
    private static final Pattern BOARD = Pattern.compile("[0-9A-Za-z]{6,64}");

    private SdcpAnnouncement() {}

    static LanSource source() {
        return new LanSource(
                "sdcp",
                List.of(new Ask(List.of(Destination.broadcast(PORT)), from -> QUESTION)),
                SdcpAnnouncement::read);
    }

    private static List<Announcement> read(Datagram datagram) {
        LenientJson data = LenientJson.ofDatagram(datagram).at("Data");
        String protocol = data.text("ProtocolVersion");
        if (protocol == null || !protocol.startsWith("V3")) {
            return List.of();
        }
        return List.of(new Announcement(
                null,
                "",
                TextSanitizer.line(data.text("Name"), 64),
                TextSanitizer.line(data.text("MachineName"), 32),
                serialNumber(data)));
    }

    /** The id of the mainboard; null if it is none. */
    static @Nullable String serialNumber(LenientJson attributes) {
        String board = attributes.text("MainboardID");
        return board != null && BOARD.matcher(board).matches() ? board : null;
    }
}
