package io.github.printer2mqtt.bench.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Serves all printers of a farm with one listener for 127.0.0.0/8, one selector and one thread. Only {@link #execute} may be
 * called from other threads.
 */
final class FarmServer implements Runnable {
    private static final int BACKLOG = 4_096;
    private static final int LONGEST_WAIT_MILLIS = 50;
    private static final int SLOW_MILLIS = 2_000;
    private static final int FLAPPING_MILLIS = 3_500;
    private static final int LEAST_MILLIS = 50;
    private static final int MORE_MILLIS = 100;
    private static final int READ_BYTES = 65_536;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final List<FarmPrinter> printers;
    private final FarmResponses responses;
    private final StalenessRecorder staleness;
    private final ResponseTimestamps timestamps;
    private final Random random;
    private final Misbehaviour misbehaviour = new Misbehaviour(this);
    private final TimerWheel wheel;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
    private final int[] counters;
    private final ConnectionCounter sockets = new ConnectionCounter();
    private long now = System.nanoTime();
    private long longestTurn;

    private FarmServer(
            Selector selector,
            ServerSocketChannel listener,
            List<FarmPrinter> printers,
            FarmResponses responses,
            StalenessRecorder staleness,
            ResponseTimestamps timestamps,
            long seed) {
        this.selector = selector;
        this.listener = listener;
        this.printers = printers;
        this.responses = responses;
        this.staleness = staleness;
        this.timestamps = timestamps;
        random = new Random(seed);
        wheel = new TimerWheel(now);
        counters = new int[printers.size()];
    }

    static FarmServer open(
            ServerSocketChannel listener,
            List<FarmPrinter> printers,
            StalenessRecorder staleness,
            ResponseTimestamps timestamps,
            long seed)
            throws IOException {
        Selector selector = Selector.open();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        return new FarmServer(selector, listener, printers, FarmResponses.prepare(), staleness, timestamps, seed);
    }

    /** Listens on every address of this machine; port 0 selects a free port. */
    static ServerSocketChannel listen(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("0.0.0.0", port), BACKLOG);
        return listener;
    }

    /** Runs a task on the farm's thread. */
    void execute(Runnable work) {
        tasks.add(work);
        selector.wakeup();
    }

    ConnectionCounter sockets() {
        return sockets;
    }

    /** The longest delay of the selector loop since the last call in milliseconds, which shows the load of the machine. */
    long longestTurnMillis() {
        long longest = longestTurn / 1_000_000;
        longestTurn = 0;
        return longest;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int most = wheel.quietMillis(LONGEST_WAIT_MILLIS);
                long before = System.nanoTime();
                selector.select(this::ready, most);
                now = System.nanoTime();
                longestTurn = Math.max(longestTurn, now - before - most * 1_000_000L);
                wheel.turn(now);
                for (Runnable work = tasks.poll(); work != null; work = tasks.poll()) {
                    work.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        now = System.nanoTime();
        if (key.channel() == listener) {
            accept();
            return;
        }
        FarmConnection connection = (FarmConnection) key.attachment();
        try {
            if (key.isReadable()) {
                readFrom(connection, (SocketChannel) key.channel());
            }
            if (connection.isOpen() && key.isWritable()) {
                connection.writable();
            }
        } catch (IOException | CancelledKeyException e) {
            // The bridge has closed or reset the connection.
            close(connection);
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                register(channel);
            }
        } catch (IOException e) {
            sockets.refused(e);
        }
    }

    private void register(SocketChannel channel) throws IOException {
        InetAddress here = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        int number = FarmPrinter.numberAt(here.getAddress());
        boolean known = number >= 0 && number < printers.size();
        if (!known || printers.get(number).behaviour() == PrinterBehaviour.CLOSES || isDown(printers.get(number))) {
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new FarmConnection(printers.get(number), channel, key));
        sockets.opened();
    }

    private void readFrom(FarmConnection connection, SocketChannel channel) throws IOException {
        read.clear();
        int length = channel.read(read);
        if (length < 0 || !connection.take(read.flip())) {
            close(connection);
            return;
        }
        for (String path = connection.nextPath(); path != null && connection.isOpen(); path = connection.nextPath()) {
            requestArrived(connection, path);
        }
    }

    private void requestArrived(FarmConnection connection, String path) throws IOException {
        FarmPrinter printer = connection.printer();
        FarmResponses.Response response = responses.to(printer.protocol(), path);
        staleness.requestArrived(response.startsPoll());
        if (isDown(printer)) {
            reset(connection);
        } else if (printer.behaviour().answersLikePrinter()) {
            later(millis(printer, response), connection, () -> response(connection, response));
        } else {
            misbehaviour.respond(connection);
        }
    }

    private int millis(FarmPrinter printer, FarmResponses.Response response) {
        int whole =
                printer.behaviour() == PrinterBehaviour.SLOW ? SLOW_MILLIS : LEAST_MILLIS + random.nextInt(MORE_MILLIS);
        return response.isHalf() ? whole / 2 : whole;
    }

    private void response(FarmConnection connection, FarmResponses.Response response) throws IOException {
        int number = connection.printer().number();
        if (!response.completesPoll()) {
            connection.send(response.bytes(0));
            return;
        }
        counters[number] = (counters[number] + 1) % FarmResponses.VALUES;
        long sent = System.nanoTime();
        timestamps.sent(number, counters[number], sent);
        staleness.responseSent(number, sent);
        connection.send(response.bytes(counters[number]));
    }

    private boolean isDown(FarmPrinter printer) {
        return printer.behaviour() == PrinterBehaviour.FLAPPING
                && (now / 1_000_000 / FLAPPING_MILLIS + printer.number()) % 2 == 0;
    }

    /** A task for one connection. */
    interface ConnectionTask {
        void run() throws IOException;
    }

    /** Runs a task after a delay if the connection is still open. */
    void later(int millis, FarmConnection connection, ConnectionTask task) {
        wheel.after(now, millis, () -> {
            if (connection.isOpen()) {
                try {
                    task.run();
                } catch (IOException e) {
                    close(connection);
                }
            }
        });
    }

    void reset(FarmConnection connection) throws IOException {
        connection.resetOnClose();
        close(connection);
    }

    void close(FarmConnection connection) {
        if (connection.close()) {
            sockets.closed();
        }
    }
}
