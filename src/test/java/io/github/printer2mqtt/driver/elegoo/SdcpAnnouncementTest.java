package io.github.printer2mqtt.driver.elegoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.net.lan.Datagram;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SdcpAnnouncementTest {
    private static final String BOARD = "045c000000000000000000000000000a";

    private static List<Announcement> read(String content) {
        return SdcpAnnouncement.source()
                .reader()
                .apply(new Datagram(InetAddress.getLoopbackAddress(), Buffer.buffer(content)));
    }

    private static String answer(String protocol, String board) {
        return "{\"Id\":\"979d\",\"Data\":{\"Name\":\"Bench\",\"MachineName\":\"Centauri Carbon\",\"BrandName\":\"ELEGOO\","
                + "\"MainboardIP\":\"192.0.2.31\",\"MainboardID\":\"" + board + "\",\"ProtocolVersion\":\"" + protocol
                + "\",\"FirmwareVersion\":\"V1.1.29\"}}";
    }

    @Test
    void centauriIsReadWithItsMainboard() {
        assertThat(read(answer("V3.0.0", BOARD)))
                .containsExactly(new Announcement(null, "", "Bench", "Centauri Carbon", BOARD));
    }

    @Test
    void printerWithTheOldProtocolIsIgnored() {
        assertThat(read(answer("V1.0.0", BOARD))).isEmpty();
    }

    @Test
    void invalidBoardIsNoSerialNumber() {
        assertThat(read(answer("V3.0.0", "x")))
                .extracting(Announcement::serialNumber)
                .containsOnlyNulls();
    }

    @Test
    void whatIsNoAnswerIsIgnored() {
        assertThat(read("[]")).isEmpty();
        assertThat(read("{\"Data\":[" + "[".repeat(1000))).isEmpty();
        assertThat(read("M99999")).isEmpty();
    }
}
