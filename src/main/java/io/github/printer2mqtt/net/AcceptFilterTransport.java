package io.github.printer2mqtt.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The transport of a Vert.x instance, native where there is one, that asks a filter about each connection to an HTTP server
 * when it is accepted: Vert.x itself reports an encrypted one only after its handshake. It passes everything else on.
 */
@SuppressWarnings("deprecation") // InternetProtocolFamily, in the signature of Vert.x
public final class AcceptFilterTransport implements Transport, io.vertx.core.transport.Transport {
    private final io.vertx.core.transport.Transport actual;
    private final Transport delegate;
    private volatile @Nullable AcceptFilter filter;

    /** Admits connections. Called on the thread that accepts them. */
    public interface AcceptFilter {
        /**
         * @param client where the connection comes from
         * @return what to run on any thread when the connection is closed; null to close it at once
         */
        @Nullable Runnable admit(InetAddress client);
    }

    private AcceptFilterTransport(io.vertx.core.transport.Transport actual) {
        this.actual = actual;
        this.delegate = actual.implementation();
    }

    /** One for a new Vert.x instance; it admits every connection. */
    public static AcceptFilterTransport create() {
        io.vertx.core.transport.Transport preferred = io.vertx.core.transport.Transport.nativeTransport();
        return new AcceptFilterTransport(
                preferred != null && preferred.available() ? preferred : io.vertx.core.transport.Transport.NIO);
    }

    /** Filters the connections to the HTTP servers that begin to listen afterwards. */
    public void filterHttp(AcceptFilter accepted) {
        filter = accepted;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        delegate.configure(options, domainSocket, bootstrap);
        AcceptFilter current = filter;
        if (current != null && options instanceof HttpServerOptions) {
            bootstrap.handler(new AcceptedConnections(current));
        }
    }

    /** Sees the accepted connections before Vert.x does. */
    @ChannelHandler.Sharable
    private static final class AcceptedConnections extends ChannelInboundHandlerAdapter {
        private final AcceptFilter filter;

        AcceptedConnections(AcceptFilter filter) {
            this.filter = filter;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel accepted = (Channel) message;
            // It has no address if it is closed already.
            Runnable onClose = accepted.remoteAddress() instanceof InetSocketAddress client
                    ? filter.admit(client.getAddress())
                    : null;
            if (onClose == null) {
                accepted.unsafe().closeForcibly();
                return;
            }
            accepted.closeFuture().addListener(closed -> onClose.run());
            context.fireChannelRead(message);
        }
    }

    @Override
    public String name() {
        return actual.name();
    }

    @Override
    public boolean available() {
        return actual.available();
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public boolean isAvailable() {
        return delegate.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return actual.unavailabilityCause();
    }

    @Override
    public boolean supportsDomainSockets() {
        return delegate.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return delegate.supportFileRegion();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return delegate.convert(address);
    }

    @Override
    public io.vertx.core.net.@Nullable SocketAddress convert(SocketAddress address) {
        return delegate.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return delegate.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return delegate.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return delegate.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return delegate.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return delegate.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return delegate.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        delegate.configure(channel, options);
    }

    @Override
    public void configure(ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
        delegate.configure(options, connectTimeout, domainSocket, bootstrap);
    }
}
