package io.github.printer2mqtt.driver.elegoocc2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.net.lan.Datagram;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class Cc2AnnouncementTest {
    private static List<Announcement> read(String content) {
        return Cc2Announcement.source()
                .reader()
                .apply(new Datagram(InetAddress.getLoopbackAddress(), Buffer.buffer(content)));
    }

    @Test
    void printerIsReadWithItsSerialNumber() {
        assertThat(read("{\"id\":0,\"result\":{\"host_name\":\"Left\",\"machine_model\":\"Centauri Carbon 2\","
                        + "\"sn\":\"CC2X000000000001\",\"token_status\":0,\"lan_status\":1}}"))
                .containsExactly(new Announcement(null, "", "Left", "Centauri Carbon 2", "CC2X000000000001"));
    }

    @Test
    void whatHasNoSerialNumberIsIgnored() {
        assertThat(read("{\"id\":0,\"method\":7000}")).isEmpty();
        assertThat(read("{\"id\":0,\"result\":{\"sn\":\"a b\"}}")).isEmpty();
        assertThat(read("{\"result\":[" + "[".repeat(1000))).isEmpty();
        assertThat(read("M99999")).isEmpty();
    }
}
