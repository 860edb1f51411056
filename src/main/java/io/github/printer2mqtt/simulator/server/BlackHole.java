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
 * An address where nothing ever answers, like a machine that is switched off: a listening socket whose queue of
 * connections is full and never served, so that Linux drops every further attempt and it hangs.
 *
 * <p>On systems that treat a full queue otherwise (refusing, or growing it) {@link #dropsConnects()} is false. Then the
 * hole is only silent: connecting may succeed or be refused, and nothing is ever answered.
 *
 * <p>Opening blocks for up to {@value #PROBE_MILLIS} milliseconds: not for an event loop. Safe for every thread.
 */
public final class BlackHole implements AutoCloseable {
    private static final int PROBE_MILLIS = 60;
    private static final int BACKLOG = 1;
    private static final int MOST_FILLERS = 16;

    private final ServerSocket listener;
    private final List<Socket> fillers;
    private final boolean dropsConnects;

    private BlackHole(ServerSocket listener, List<Socket> fillers, boolean dropsConnects) {
        this.listener = listener;
        this.fillers = fillers;
        this.dropsConnects = dropsConnects;
    }

    /** A hole at any free port of 127.0.0.1. */
    public static BlackHole open() throws IOException {
        return open("127.0.0.1", 0);
    }

    /**
     * A hole at an address; {@code 0.0.0.0} swallows the port at every address of 127.0.0.0/8.
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

    /** The address as a registration has it. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Whether attempts to connect really hang here. */
    public boolean dropsConnects() {
        return dropsConnects;
    }

    /** Frees the port. May be called more than once. */
    @Override
    public void close() throws IOException {
        closeAll(listener, fillers);
    }

    private static boolean fill(ServerSocket listener, List<Socket> fillers) throws IOException {
        InetAddress bound = listener.getInetAddress();
        InetAddress reachable = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        InetSocketAddress target = new InetSocketAddress(reachable, listener.getLocalPort());
        while (fillers.size() < MOST_FILLERS) {
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
