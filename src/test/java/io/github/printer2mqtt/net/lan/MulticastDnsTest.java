package io.github.printer2mqtt.net.lan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MulticastDnsTest {
    private static final String TYPE = "_octoprint._tcp";

    /** The answer of python-zeroconf 0.150, which OctoPrint and Moonraker use, to a one-shot question. */
    private static final String ANSWER =
            "0000840000010001000000040a5f6f63746f7072696e74045f746370056c6f63616c00000c0001c00c000c0001000011940026"
                    + "234f63746f5072696e7420696e7374616e63652022456e64657222206f6e207368656c66c00cc033002f00010000007800"
                    + "08c033000400000008057368656c66c01c000100010000007800040a090001c03300210001000000780008000000001389"
                    + "c06dc0330010000100001194002a0a706174683d2f6f63746f0e76657273696f6e3d312e31312e3806753d757365720870"
                    + "3d736563726574";

    private static Datagram datagram(byte[] content) {
        return new Datagram(InetAddress.getLoopbackAddress(), Buffer.buffer(content));
    }

    private static byte[] answer() {
        return HexFormat.of().parseHex(ANSWER);
    }

    @Test
    void serviceIsReadFromARealAnswer() {
        List<DnsService> services = MulticastDns.services(datagram(answer()), TYPE);

        assertThat(services)
                .containsExactly(new DnsService(
                        TYPE,
                        "OctoPrint instance \"Ender\" on shelf",
                        5001,
                        Map.of("path", "/octo", "version", "1.11.8", "u", "user", "p", "secret")));
    }

    @Test
    void answerForAnotherServiceHasNone() {
        assertThat(MulticastDns.services(datagram(answer()), "_moonraker._tcp")).isEmpty();
    }

    @Test
    void questionIsForThePointersOfTheType() {
        LanQuestion.Ask ask = (LanQuestion.Ask) MulticastDns.question(TYPE);

        Buffer message = ask.message().apply(SocketAddress.inetSocketAddress(4711, "127.0.0.1"));

        assertThat(ask.destinations()).containsExactly(LanQuestion.Destination.multicast("224.0.0.251", 5353));
        assertThat(message.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("\0\0\0\0\0\1\0\0\0\0\0\0\n_octoprint\4_tcp\5local\0\0\f\0\1");
        assertThat(MulticastDns.services(datagram(message.getBytes()), TYPE))
                .as("a question is no answer")
                .isEmpty();
    }

    @Test
    void answerThatIsCutOffOrChangedIsNoError() {
        Random random = new Random(7);
        for (int length = 0; length < answer().length; length++) {
            MulticastDns.services(datagram(Arrays.copyOf(answer(), length)), TYPE);
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = answer();
            for (int n = random.nextInt(4); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(MulticastDns.services(datagram(changed), TYPE)).hasSizeLessThan(10);
        }
    }

    @Test
    void nameThatPointsToItselfEnds() {
        byte[] loop = HexFormat.of().parseHex("000084000000000100000000" + "c00c000c000100000001" + "0002c00c");

        assertThat(MulticastDns.services(datagram(loop), TYPE)).isEmpty();
    }
}
