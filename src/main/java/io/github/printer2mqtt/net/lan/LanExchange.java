package io.github.printer2mqtt.net.lan;

import io.github.printer2mqtt.text.IpLiteral;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Puts questions to the local networks and collects what arrives. One event loop for each exchange. */
public final class LanExchange {
    private static final String ANY = "0.0.0.0";

    private final Vertx vertx;
    private final Limits limits;
    private final UnaryOperator<SocketAddress> translation;

    /**
     * The limits of one question.
     *
     * @param window how long sockets are open
     * @param again after which a question is sent a second time, because wireless networks lose multicasts
     * @param datagrams in all
     * @param perSender so that one machine does not use up that number
     */
    public record Limits(Duration window, Duration again, int datagrams, int perSender) {
        /** Printers of Bambu Lab announce themselves about every five seconds. */
        public static Limits usual() {
            return new Limits(Duration.ofSeconds(8), Duration.ofSeconds(1), 512, 16);
        }
    }

    /**
     * What arrived.
     *
     * @param problems why a question could not be asked, each one line for users
     * @param isComplete false if something was dropped at a limit
     */
    public record Result(List<Datagram> datagrams, List<String> problems, boolean isComplete) {}

    /** The received datagrams of one exchange, and its sockets. */
    private static final class Collection {
        final List<DatagramSocket> sockets = new ArrayList<>();
        final List<Datagram> datagrams = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        final Map<String, Integer> perSender = new HashMap<>();
        boolean isComplete = true;
    }

    public LanExchange(Vertx vertx, Limits limits) {
        this(vertx, limits, UnaryOperator.identity());
    }

    /** @param translation of every address that is sent to or listened at; for tests, which stay on loopback and free ports */
    public LanExchange(Vertx vertx, Limits limits, UnaryOperator<SocketAddress> translation) {
        this.vertx = vertx;
        this.limits = limits;
        this.translation = translation;
    }

    /** Never fails; takes as long as the window of the limits. */
    public Future<Result> run(List<LanInterface> interfaces, LanQuestion question) {
        Collection collection = new Collection();
        List<Future<?>> opened = new ArrayList<>();
        if (question instanceof LanQuestion.Listen listen) {
            opened.add(listen(interfaces, listen, collection));
        } else if (question instanceof LanQuestion.Ask ask) {
            interfaces.forEach(network -> opened.add(ask(network, ask, collection)));
        }
        return Future.join(opened)
                .eventually(() -> vertx.timer(limits.window.toMillis(), TimeUnit.MILLISECONDS))
                .eventually(() -> Future.join(
                        collection.sockets.stream().map(DatagramSocket::close).toList()))
                .transform((all, failure) -> Future.succeededFuture(new Result(
                        List.copyOf(collection.datagrams), List.copyOf(collection.problems), collection.isComplete)));
    }

    private Future<?> listen(List<LanInterface> interfaces, LanQuestion.Listen listen, Collection collection) {
        // Slicers on the same machine listen at the same port.
        DatagramSocket socket = open(new DatagramSocketOptions().setReuseAddress(true), collection);
        SocketAddress at = translation.apply(SocketAddress.inetSocketAddress(listen.port(), ANY));
        return socket.listen(at.port(), at.host())
                .compose(bound -> join(bound, interfaces, listen))
                .onFailure(failure -> collection.problems.add(
                        "cannot listen at UDP port " + listen.port() + ": " + failure.getMessage()));
    }

    private Future<?> join(DatagramSocket socket, List<LanInterface> interfaces, LanQuestion.Listen listen) {
        String group = listen.group();
        return group == null
                ? Future.succeededFuture()
                : Future.join(interfaces.stream()
                        .map(network -> socket.listenMulticastGroup(group, network.name(), null))
                        .toList());
    }

    private Future<?> ask(LanInterface network, LanQuestion.Ask ask, Collection collection) {
        String own = network.address().getHostAddress();
        DatagramSocket socket = open(
                new DatagramSocketOptions().setBroadcast(true).setMulticastNetworkInterface(network.name()),
                collection);
        return socket.listen(0, own)
                .onFailure(failure ->
                        collection.problems.add("cannot open a UDP socket at " + own + ": " + failure.getMessage()))
                .onSuccess(bound ->
                        vertx.setTimer(limits.again.toMillis(), due -> send(bound, network, ask, new ArrayList<>())))
                .compose(bound -> send(bound, network, ask, collection.problems));
    }

    /** A network without a route for multicasts refuses the datagram; the other ones go on. */
    private Future<?> send(DatagramSocket socket, LanInterface network, LanQuestion.Ask ask, List<String> problems) {
        Buffer message = ask.message().apply(socket.localAddress());
        return Future.join(ask.destinations().stream()
                .map(destination -> translation.apply(address(destination, network)))
                .map(to -> socket.send(message, to.port(), to.host())
                        .onFailure(failure -> problems.add("cannot send to UDP port " + to.port() + " over "
                                + network.name() + ": " + failure.getMessage())))
                .toList());
    }

    private static SocketAddress address(LanQuestion.Destination destination, LanInterface network) {
        String group = destination.group();
        return SocketAddress.inetSocketAddress(
                destination.port(), group == null ? network.broadcast().getHostAddress() : group);
    }

    private DatagramSocket open(DatagramSocketOptions options, Collection collection) {
        DatagramSocket socket = vertx.createDatagramSocket(options);
        collection.sockets.add(socket);
        // An ICMP message to a socket is no reason to stop listening to the others.
        return socket.exceptionHandler(failure -> {}).handler(packet -> receive(packet, collection));
    }

    private void receive(DatagramPacket packet, Collection collection) {
        String host = packet.sender().hostAddress();
        InetAddress sender = host == null ? null : IpLiteral.parse(host);
        if (sender == null) {
            return;
        }
        if (collection.datagrams.size() >= limits.datagrams
                || collection.perSender.merge(host, 1, Integer::sum) > limits.perSender) {
            collection.isComplete = false;
            return;
        }
        collection.datagrams.add(new Datagram(sender, packet.data()));
    }
}
