package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.net.lan.Datagram;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class BambuAnnouncementTest {
    private static List<Announcement> read(String... lines) {
        return BambuAnnouncement.source()
                .reader()
                .apply(new Datagram(
                        InetAddress.getLoopbackAddress(), Buffer.buffer(String.join("\r\n", lines) + "\r\n\r\n")));
    }

    @Test
    void p1sIsReadWithItsNameAndModel() {
        assertThat(read(
                        "NOTIFY * HTTP/1.1",
                        "HOST: 239.255.255.250:1990",
                        "Server: UPnP/1.0",
                        "Location: 192.168.1.50",
                        "NT: urn:bambulab-com:device:3dprinter:1",
                        "USN: 01P00A000000001",
                        "DevModel.bambu.com: C12",
                        "DevName.bambu.com: Shelf",
                        "DevConnect.bambu.com: lan"))
                .containsExactly(new Announcement(null, "", "Shelf", "P1S", "01P00A000000001"));
    }

    @Test
    void unknownModelOfNewerFirmwareIsShownAsAnnounced() {
        assertThat(read(
                        "NOTIFY * HTTP/1.1",
                        "NT: urn:bambulab-com:device:3dprinter:1",
                        "USN: 00M00A000000001",
                        "DevModel.bambu.net: N9"))
                .containsExactly(new Announcement(null, "", null, "N9", "00M00A000000001"));
    }

    @Test
    void anotherDeviceAndAnInvalidSerialNumberAreIgnored() {
        assertThat(read("NOTIFY * HTTP/1.1", "NT: upnp:rootdevice", "USN: 01P00A000000001"))
                .isEmpty();
        assertThat(read("NOTIFY * HTTP/1.1", "NT: urn:bambulab-com:device:3dprinter:1", "USN: <script>"))
                .isEmpty();
        assertThat(read("\u0000\u0001\u0002")).isEmpty();
    }
}
