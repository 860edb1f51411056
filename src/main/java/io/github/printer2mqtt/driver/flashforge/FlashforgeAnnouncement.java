package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.net.lan.Datagram;
import io.github.printer2mqtt.net.lan.LanQuestion.Ask;
import io.github.printer2mqtt.net.lan.LanQuestion.Destination;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer of 276 bytes that printers with HTTP send to any datagram. Source: ff-5mp-api-ts, its notes on discovery. The shorter answer
 * of older printers has no serial number.
 */
final class FlashforgeAnnouncement {
    static final int MULTICAST_PORT = 19000;
    static final int BROADCAST_PORT = 48899;

    private static final String GROUP = "225.0.0.9";
    private static final int LENGTH = 276;
    private static final int NAME_LENGTH = 132;
    private static final int VENDOR_OFFSET = 0x86;
    private static final int VENDOR = 0x2B71;
    private static final int SERIAL_OFFSET = 0x92;
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z-]{6,64}");

    private FlashforgeAnnouncement() {}

    static LanSource source() {
        return new LanSource(
                "flashforge",
                List.of(new Ask(
                        List.of(Destination.multicast(GROUP, MULTICAST_PORT), Destination.broadcast(BROADCAST_PORT)),
                        FlashforgeAnnouncement::question)),
                FlashforgeAnnouncement::read);
    }

    /** As FlashPrint sends it: address and port for the answer, and two zeros. */
    private static Buffer question(SocketAddress from) {
        Buffer question = Buffer.buffer();
        for (String part : from.host().split("\\.", -1)) {
            question.appendUnsignedByte((short) Integer.parseInt(part));
        }
        return question.appendUnsignedShort(from.port()).appendShort((short) 0);
    }

    private static List<Announcement> read(Datagram datagram) {
        Buffer content = datagram.content();
        if (content.length() != LENGTH || content.getUnsignedShort(VENDOR_OFFSET) != VENDOR) {
            return List.of();
        }
        String serial = text(content, SERIAL_OFFSET, LENGTH);
        return serial != null && SERIAL.matcher(serial).matches()
                ? List.of(new Announcement(null, "", text(content, 0, NAME_LENGTH), null, serial))
                : List.of();
    }

    /** Up to the first zero; null if empty. */
    private static @Nullable String text(Buffer content, int start, int end) {
        int stop = start;
        while (stop < end && content.getByte(stop) != 0) {
            stop++;
        }
        return TextSanitizer.line(content.getString(start, stop, StandardCharsets.UTF_8.name()), 64);
    }
}
