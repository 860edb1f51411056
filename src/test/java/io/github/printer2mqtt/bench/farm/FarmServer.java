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
 * Serves all printers of a farm: one listener for every address of 127.0.0.0/8, one selector, one thread. Only
 * {@link #order} may be called from other threads.
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
    private final List<FarmPrinter> sites;
    private final FarmResponses answers;
    private final StalenessRecorder clock;
    private final ResponseTimestamps departures;
    private final Random random;
    private final Misbehaviour misbehaviour = new Misbehaviour(this);
    private final TimerWheel wheel;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
    private final int[] counters;
    private final ConnectionCounter sockets = new ConnectionCounter();
    private long now = System.nanoTime();
    private long longestTurn;

    private FarmServer(
            Selector selector,
            ServerSocketChannel listener,
            List<FarmPrinter> sites,
            FarmResponses answers,
            StalenessRecorder clock,
            ResponseTimestamps departures,
            long seed) {
        this.selector = selector;
        this.listener = listener;
        this.sites = sites;
        this.answers = answers;
        this.clock = clock;
        this.departures = departures;
        random = new Random(seed);
        wheel = new TimerWheel(now);
        counters = new int[sites.size()];
    }

    static FarmServer open(
            ServerSocketChannel listener,
            List<FarmPrinter> sites,
            StalenessRecorder clock,
            ResponseTimestamps departures,
            long seed)
            throws IOException {
        Selector selector = Selector.open();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        return new FarmServer(selector, listener, sites, FarmResponses.prepare(), clock, departures, seed);
    }

    /** A listener at every address of this machine; at any free port for 0. */
    static ServerSocketChannel listen(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("0.0.0.0", port), BACKLOG);
        return listener;
    }

    /** Has something done by the farm's thread. */
    void order(Runnable work) {
        orders.add(work);
        selector.wakeup();
    }

    ConnectionCounter sockets() {
        return sockets;
    }

    /** The longest time in milliseconds that nobody was served since the last call: how busy the machine is. */
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
                for (Runnable work = orders.poll(); work != null; work = orders.poll()) {
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
        FarmConnection line = (FarmConnection) key.attachment();
        try {
            if (key.isReadable()) {
                readFrom(line, (SocketChannel) key.channel());
            }
            if (line.isOpen() && key.isWritable()) {
                line.writable();
            }
        } catch (IOException | CancelledKeyException e) {
            // The bridge has closed or reset the connection.
            close(line);
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                welcome(channel);
            }
        } catch (IOException e) {
            sockets.refused(e);
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        InetAddress here = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        int number = FarmPrinter.numberAt(here.getAddress());
        boolean known = number >= 0 && number < sites.size();
        if (!known || sites.get(number).kind() == PrinterBehaviour.CLOSES || isDown(sites.get(number))) {
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new FarmConnection(sites.get(number), channel, key));
        sockets.opened();
    }

    private void readFrom(FarmConnection line, SocketChannel channel) throws IOException {
        read.clear();
        int length = channel.read(read);
        if (length < 0 || !line.take(read.flip())) {
            close(line);
            return;
        }
        for (String path = line.nextPath(); path != null && line.isOpen(); path = line.nextPath()) {
            asked(line, path);
        }
    }

    private void asked(FarmConnection line, String path) throws IOException {
        FarmPrinter site = line.site();
        FarmResponses.Answer answer = answers.to(site.protocol(), path);
        clock.asked(answer.begins());
        if (isDown(site)) {
            reset(line);
        } else if (site.kind().speaksTruth()) {
            later(millis(site, answer), line, () -> answer(line, answer));
        } else {
            misbehaviour.answer(line);
        }
    }

    private int millis(FarmPrinter site, FarmResponses.Answer answer) {
        int whole = site.kind() == PrinterBehaviour.SLOW ? SLOW_MILLIS : LEAST_MILLIS + random.nextInt(MORE_MILLIS);
        return answer.half() ? whole / 2 : whole;
    }

    private void answer(FarmConnection line, FarmResponses.Answer answer) throws IOException {
        int number = line.site().number();
        if (!answer.completes()) {
            line.send(answer.bytes(0));
            return;
        }
        counters[number] = (counters[number] + 1) % FarmResponses.VALUES;
        long leaves = System.nanoTime();
        departures.leaves(number, counters[number], leaves);
        clock.answers(number, leaves);
        line.send(answer.bytes(counters[number]));
    }

    private boolean isDown(FarmPrinter site) {
        return site.kind() == PrinterBehaviour.FLAPPING && (now / 1_000_000 / FLAPPING_MILLIS + site.number()) % 2 == 0;
    }

    /** What is done on a line. */
    interface Deed {
        void run() throws IOException;
    }

    /** Does something if the line is still open then. */
    void later(int millis, FarmConnection line, Deed deed) {
        wheel.after(now, millis, () -> {
            if (line.isOpen()) {
                try {
                    deed.run();
                } catch (IOException e) {
                    close(line);
                }
            }
        });
    }

    void reset(FarmConnection line) throws IOException {
        line.lingerNot();
        close(line);
    }

    void close(FarmConnection line) {
        if (line.close()) {
            sockets.closed();
        }
    }
}
