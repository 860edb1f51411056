package io.github.printer2mqtt.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.ReceiveLimit;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Kind;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Message;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits of a web socket that depend on time, and its frames. */
class WebSocketLimitsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void silentConnectionIsPingedThenClosed() {
        KeepAlive keepAlive = new KeepAlive(0);

        assertThat(keepAlive.check(15 * SECOND)).isEqualTo(KeepAlive.Step.PING);
        keepAlive.onReceived(16 * SECOND);
        assertThat(keepAlive.check(30 * SECOND)).isEqualTo(KeepAlive.Step.NOTHING);
        assertThat(keepAlive.check(45 * SECOND)).isEqualTo(KeepAlive.Step.PING);
        assertThat(keepAlive.check(60 * SECOND)).isEqualTo(KeepAlive.Step.CLOSE);
    }

    @Test
    void floodOfAHundredMessagesASecondIsReadWithoutPause() {
        ReceiveLimit limit = new ReceiveLimit(0);

        for (int i = 0; i < 60 * 100; i++) {
            assertThat(limit.onReceived(1, 300, i * SECOND / 100)).isZero();
        }
    }

    @Test
    void burstPausesUntilTheSecondIsOver() {
        ReceiveLimit limit = new ReceiveLimit(0);

        assertThat(limit.onReceived(5000, 100_000, SECOND / 4)).isEqualTo(Duration.ofMillis(750));
        assertThat(limit.onReceived(1, 100, SECOND)).isZero();
    }

    @Test
    void printerThatExceedsTheLimitForTenSecondsIsDisconnected() {
        ReceiveLimit limit = new ReceiveLimit(0);
        long now = 0;
        for (int second = 0; second <= ReceiveLimit.SECONDS - 1; second++) {
            now += limit.onReceived(1, ReceiveLimit.BYTES + 1, now).toNanos();
        }

        assertThat(limit.onReceived(1, 1, now)).isZero();
        long later = now;
        PrinterException failure =
                catchThrowableOfType(PrinterException.class, () -> limit.onReceived(1, ReceiveLimit.BYTES + 1, later));
        assertThat(failure.failure().reason()).isEqualTo(FailureReason.TOO_LARGE);
    }

    @Test
    void quietSecondForgetsEarlierBursts() {
        ReceiveLimit limit = new ReceiveLimit(0);

        for (int i = 0; i < 100; i++) {
            assertThat(limit.onReceived(5000, 100, i * 3L * SECOND)).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void messagesPassFromOneSideToTheOther() {
        WebSocketCodec client = WebSocketCodec.client(1000);
        WebSocketCodec server = WebSocketCodec.server(1000);
        Buffer bytes = client.encode(Message.text("{\"grün\":1}"))
                .appendBuffer(client.encode(new Message(Kind.PING, Buffer.buffer("p"))));

        List<Message> first = server.decode(bytes.slice(0, 3));
        List<Message> rest = server.decode(bytes.slice(3, bytes.length()));

        assertThat(first).isEmpty();
        assertThat(rest).containsExactly(Message.text("{\"grün\":1}"), new Message(Kind.PING, Buffer.buffer("p")));
        client.close();
        server.close();
        server.close();
    }

    @Test
    void messageOfManySmallFramesIsTooLarge() {
        WebSocketCodec client = WebSocketCodec.client(1024 * 1024);
        Buffer start = Buffer.buffer(new byte[] {0x01, 0x01, 'a'}); // text that goes on
        Buffer next = Buffer.buffer(new byte[] {0x00, 0x01, 'a'});
        Buffer end = Buffer.buffer(new byte[] {(byte) 0x80, 0x01, 'a'});

        assertThat(client.decode(frames(start, next, 1022, end))).containsExactly(Message.text("a".repeat(1024)));
        PrinterException failure =
                catchThrowableOfType(PrinterException.class, () -> client.decode(frames(start, next, 20_000, end)));

        assertThat(failure.failure().reason()).isEqualTo(FailureReason.TOO_LARGE);
        client.close();
    }

    @Test
    void codecWithAnIncompleteMessageIsClosed() {
        WebSocketCodec client = WebSocketCodec.client(1000);
        client.decode(Buffer.buffer(new byte[] {0x01, 0x01, 'a', 0x00, 0x01}));

        client.close();
        client.close();
    }

    private static Buffer frames(Buffer start, Buffer next, int times, Buffer end) {
        Buffer all = start.copy();
        for (int i = 0; i < times; i++) {
            all.appendBuffer(next);
        }
        return all.appendBuffer(end);
    }
}
