package io.github.printer2mqtt.driver.flashforge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.net.lan.Datagram;
import io.github.printer2mqtt.net.lan.LanQuestion.Ask;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlashforgeAnnouncementTest {
    private static List<Announcement> read(Buffer content) {
        return FlashforgeAnnouncement.source().reader().apply(new Datagram(InetAddress.getLoopbackAddress(), content));
    }

    private static Buffer answer(int vendor, String serial) {
        Buffer answer = Buffer.buffer(new byte[276]);
        answer.setBytes(0, "Adventurer 5M".getBytes(StandardCharsets.UTF_8));
        answer.setUnsignedShort(0x84, 8899).setUnsignedShort(0x86, vendor).setUnsignedShort(0x8E, 8898);
        return answer.setBytes(0x92, serial.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void printerIsReadWithItsSerialNumber() {
        assertThat(read(answer(0x2B71, "SNADVA5M00001")))
                .containsExactly(new Announcement(null, "", "Adventurer 5M", null, "SNADVA5M00001"));
    }

    @Test
    void anotherVendorAShortAnswerAndRubbishAreIgnored() {
        assertThat(read(answer(0x1234, "SNADVA5M00001"))).isEmpty();
        assertThat(read(answer(0x2B71, ""))).isEmpty();
        assertThat(read(answer(0x2B71, "SNADVA5M00001").slice(0, 140))).isEmpty();
    }

    @Test
    void questionNamesTheSocketThatSendsIt() {
        Ask ask = (Ask) FlashforgeAnnouncement.source().questions().get(0);

        Buffer question = ask.message().apply(SocketAddress.inetSocketAddress(18001, "192.168.1.5"));

        assertThat(HexFormat.of().formatHex(question.getBytes())).isEqualTo("c0a8010546510000");
    }
}
