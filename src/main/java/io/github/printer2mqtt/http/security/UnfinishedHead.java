package io.github.printer2mqtt.http.security;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Iterator;
import java.util.Map;

/**
 * Estimates the memory that the HTTP decoder of a connection uses for an incomplete head: bytes received less bytes decoded. The
 * estimate is an upper bound. Vert.x reports nothing before a head is complete. Belongs to the event loop of the connection.
 */
final class UnfinishedHead {
    /** Each header line becomes an entry with two strings, however short it is. */
    private static final long BYTES_PER_LINE = 200;

    private static final String RECEIVED_BYTES = "received-bytes";

    private final ChannelPipeline pipeline;
    private final RequestMemory memory;
    private final Runnable received;
    private long bytes;
    private long lines;
    private long counted;
    private boolean decoded;
    private boolean discarded;

    private UnfinishedHead(ChannelPipeline pipeline, RequestMemory memory, Runnable received) {
        this.pipeline = pipeline;
        this.memory = memory;
        this.received = received;
    }

    /**
     * Observes a new connection.
     *
     * @param received runs after bytes arrived that completed neither a head nor a part of a body
     */
    static UnfinishedHead of(HttpConnection connection, RequestMemory memory, Runnable received) {
        ChannelHandlerContext context = ((ConnectionBase) connection).channelHandlerContext();
        UnfinishedHead head = new UnfinishedHead(context.pipeline(), memory, received);
        ChannelHandlerContext tls = head.pipeline.context(SslHandler.class);
        if (tls == null) {
            head.pipeline.addFirst(RECEIVED_BYTES, head.new ReceivedBytes());
        } else {
            head.pipeline.addAfter(tls.name(), RECEIVED_BYTES, head.new ReceivedBytes());
        }
        head.pipeline.addBefore(context.name(), "decoded-messages", head.new DecodedMessages());
        return head;
    }

    /** The bytes counted in the request memory. */
    long cost() {
        return counted;
    }

    /** Releases the memory at once and ignores further bytes; for a connection that is being closed. */
    void discard() {
        if (!discarded) {
            discarded = true;
            // Netty keeps the decoder of a closed channel until it has read all ready channels.
            if (pipeline.context(HttpRequestDecoder.class) != null) {
                pipeline.remove(HttpRequestDecoder.class);
            }
            release();
        }
    }

    private void release() {
        bytes = 0;
        lines = 0;
        count();
    }

    private void count() {
        long cost = 2 * bytes + BYTES_PER_LINE * lines;
        memory.add(cost - counted);
        counted = cost;
    }

    private final class ReceivedBytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (discarded) {
                ReferenceCountUtil.release(message);
                return;
            }
            long size = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            bytes += size;
            lines += message instanceof ByteBuf buffer ? lineEnds(buffer) : 0;
            decoded = false;
            context.fireChannelRead(message);
            if (discarded) {
                return;
            }
            if (decoded) {
                // A decoded message contains all earlier bytes, so only bytes of this read can be left.
                bytes = Math.max(0, Math.min(bytes, size));
                lines = Math.max(0, Math.min(lines, bytes));
            }
            count();
            if (!decoded) {
                received.run();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            release();
            context.fireChannelInactive();
        }

        private long lineEnds(ByteBuf buffer) {
            long ends = 0;
            int from = buffer.readerIndex();
            int end = buffer.writerIndex();
            for (int at = buffer.indexOf(from, end, (byte) '\n');
                    at >= 0;
                    at = buffer.indexOf(at + 1, end, (byte) '\n')) {
                ends++;
            }
            return ends;
        }
    }

    private final class DecodedMessages extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (discarded) {
                ReferenceCountUtil.release(message);
                return;
            }
            decoded = true;
            if (message instanceof HttpRequest request) {
                bytes -= sizeOf(request);
                lines -= request.headers().size() + 2L;
            }
            if (message instanceof HttpContent content) {
                bytes -= content.content().readableBytes();
            }
            context.fireChannelRead(message);
        }

        /** The minimum size in bytes: bare line feeds and no optional spaces. */
        private static long sizeOf(HttpRequest request) {
            long size = request.method().name().length() + request.uri().length() + 12L;
            Iterator<Map.Entry<CharSequence, CharSequence>> headers =
                    request.headers().iteratorCharSequence();
            while (headers.hasNext()) {
                Map.Entry<CharSequence, CharSequence> header = headers.next();
                size += header.getKey().length() + header.getValue().length() + 2L;
            }
            return size;
        }
    }
}
