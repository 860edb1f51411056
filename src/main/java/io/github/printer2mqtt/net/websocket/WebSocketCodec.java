package io.github.printer2mqtt.net.websocket;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the bytes of one web socket into messages and back, with Netty's codec. Joins fragments up to a limit. Not
 * thread-safe; must be closed.
 */
public final class WebSocketCodec {
    /** Joining very many frames costs far more than their bytes. */
    private static final int MAX_FRAMES = 1024;

    /** Decoded at once, so that a violation ends the decoding before thousands of tiny frames behind it are decoded too. */
    private static final int PIECE_BYTES = 1024;

    private final EmbeddedChannel channel;
    private final int maxBytes;

    /** What a message or control frame is. */
    public enum Kind {
        TEXT,
        BINARY,
        PING,
        PONG,
        CLOSE
    }

    /** A complete message or a control frame. */
    public record Message(Kind kind, Buffer payload) {
        public static Message text(String text) {
            return new Message(Kind.TEXT, Buffer.buffer(text));
        }

        /** A control frame without payload. */
        public static Message control(Kind kind) {
            return new Message(kind, Buffer.buffer());
        }
    }

    private static final class TooManyFramesException extends TooLongFrameException {
        private static final long serialVersionUID = 1L;

        TooManyFramesException() {
            super("a message of the web socket has more than " + MAX_FRAMES + " frames");
        }
    }

    /** Counts the frames of a message, and drops everything once there are too many. */
    private static final class FrameLimit extends ChannelInboundHandlerAdapter {
        private int frames;

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (frames > MAX_FRAMES) {
                ReferenceCountUtil.release(frame);
                return;
            }
            if (frame instanceof ContinuationWebSocketFrame) {
                frames++;
            } else if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
                frames = 1;
            }
            if (frames > MAX_FRAMES) {
                ReferenceCountUtil.release(frame);
                throw new TooManyFramesException();
            }
            context.fireChannelRead(frame);
        }
    }

    private WebSocketCodec(EmbeddedChannel channel, int maxBytes) {
        this.channel = channel;
        this.maxBytes = maxBytes;
    }

    /** Masks what it encodes. */
    public static WebSocketCodec client(int maxBytes) {
        return create(false, maxBytes);
    }

    /** Expects masked frames. */
    public static WebSocketCodec server(int maxBytes) {
        return create(true, maxBytes);
    }

    private static WebSocketCodec create(boolean server, int maxBytes) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(server)
                .allowExtensions(false)
                .maxFramePayloadLength(maxBytes)
                .closeOnProtocolViolation(false)
                .build();
        EmbeddedChannel channel = new EmbeddedChannel(
                new WebSocket13FrameDecoder(config),
                new FrameLimit(),
                new WebSocketFrameAggregator(maxBytes),
                new WebSocket13FrameEncoder(!server));
        return new WebSocketCodec(channel, maxBytes);
    }

    /**
     * The messages that are complete with these bytes.
     *
     * @throws PrinterException with {@code TOO_LARGE} or {@code UNREADABLE}; no more bytes may be decoded then
     */
    public List<Message> decode(Buffer bytes) {
        byte[] all = bytes.getBytes();
        try {
            for (int at = 0; at < all.length; at += PIECE_BYTES) {
                channel.writeInbound(Unpooled.wrappedBuffer(all, at, Math.min(PIECE_BYTES, all.length - at)));
            }
        } catch (CodecException e) {
            throw failure(e);
        }
        List<Message> messages = new ArrayList<>();
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            try {
                messages.add(new Message(kind(frame), copy(frame.content())));
            } finally {
                frame.release();
            }
        }
        return messages;
    }

    private PrinterException failure(CodecException cause) {
        if (cause instanceof TooManyFramesException) {
            return new PrinterException(FailureReason.TOO_LARGE, String.valueOf(cause.getMessage()));
        }
        boolean isTooLarge = cause instanceof TooLongFrameException
                || (cause instanceof CorruptedWebSocketFrameException corrupted
                        && corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG));
        return isTooLarge
                ? new PrinterException(
                        FailureReason.TOO_LARGE,
                        "a message of the web socket is larger than " + maxBytes / 1024 + " KiB")
                : new PrinterException(FailureReason.UNREADABLE, "a frame of the web socket is invalid");
    }

    public Buffer encode(Message message) {
        channel.writeOutbound(frame(message));
        Buffer encoded = Buffer.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            try {
                encoded.appendBuffer(copy(part));
            } finally {
                part.release();
            }
        }
        return encoded;
    }

    /** Releases incomplete messages. May be called more than once. */
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.finishAndReleaseAll();
            } catch (CodecException incomplete) {
                // Netty reports a message whose end has not arrived, after it has released it.
            }
        }
    }

    private static Kind kind(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame) {
            return Kind.TEXT;
        }
        if (frame instanceof PingWebSocketFrame) {
            return Kind.PING;
        }
        if (frame instanceof PongWebSocketFrame) {
            return Kind.PONG;
        }
        return frame instanceof CloseWebSocketFrame ? Kind.CLOSE : Kind.BINARY;
    }

    private static WebSocketFrame frame(Message message) {
        ByteBuf payload = Unpooled.wrappedBuffer(message.payload().getBytes());
        return switch (message.kind()) {
            case TEXT -> new TextWebSocketFrame(payload);
            case BINARY -> new BinaryWebSocketFrame(payload);
            case PING -> new PingWebSocketFrame(payload);
            case PONG -> new PongWebSocketFrame(payload);
            case CLOSE -> new CloseWebSocketFrame(true, 0, payload);
        };
    }

    private static Buffer copy(ByteBuf bytes) {
        byte[] copied = new byte[bytes.readableBytes()];
        bytes.readBytes(copied);
        return Buffer.buffer(copied);
    }
}
