package io.github.printer2mqtt.simulator.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that never responds, like a printer that is switched off: a listening socket with a full accept queue, so
 * that Linux drops every further connection attempt.
 *
 * <p>On systems that refuse instead or grow the queue, {@link #dropsConnects()} is false; connecting may succeed or be
 * refused there, but nothing ever responds.
 *
 * <p>Opening blocks for up to {@value #PROBE_MILLIS} ms, so do not open one on an event loop. Thread-safe.
 */
public final class BlackHole implements AutoCloseable {
    private static final int PROBE_MILLIS = 60;
    private static final int BACKLOG = 1;
    private static final int MAX_FILLERS = 16;

    private final ServerSocket listener;
    private final List<Socket> fillers;
    private final boolean dropsConnects;

    private BlackHole(ServerSocket listener, List<Socket> fillers, boolean dropsConnects) {
        this.listener = listener;
        this.fillers = fillers;
        this.dropsConnects = dropsConnects;
    }

    /** Opens one at a free port of 127.0.0.1. */
    public static BlackHole open() throws IOException {
        return open("127.0.0.1", 0);
    }

    /**
     * Opens one at an address; {@code 0.0.0.0} takes the port at every address of 127.0.0.0/8.
     *
     * @param port 0 for any free one
     */
    public static BlackHole open(String host, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        List<Socket> fillers = new ArrayList<>();
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
            return new BlackHole(listener, fillers, fill(listener, fillers));
        } catch (IOException e) {
            closeAll(listener, fillers);
            throw e;
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The URL for a registration. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Whether connection attempts really hang. */
    public boolean dropsConnects() {
        return dropsConnects;
    }

    /** Frees the port; idempotent. */
    @Override
    public void close() throws IOException {
        closeAll(listener, fillers);
    }

    private static boolean fill(ServerSocket listener, List<Socket> fillers) throws IOException {
        InetAddress bound = listener.getInetAddress();
        InetAddress reachable = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        InetSocketAddress target = new InetSocketAddress(reachable, listener.getLocalPort());
        while (fillers.size() < MAX_FILLERS) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(target, PROBE_MILLIS);
            } catch (SocketTimeoutException e) {
                filler.close();
                return true;
            } catch (ConnectException e) {
                filler.close();
                return false;
            }
        }
        return false;
    }

    private static void closeAll(ServerSocket listener, List<Socket> fillers) throws IOException {
        for (Socket filler : fillers) {
            filler.close();
        }
        listener.close();
    }
}
