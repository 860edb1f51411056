package io.github.printer2mqtt.testing;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A machine on an address of loopback that answers datagrams and sends its own. */
public final class UdpMachine implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<Buffer> answers = new CopyOnWriteArrayList<>();
    private final List<Buffer> questions = new CopyOnWriteArrayList<>();

    /** @param address within 127.0.0.0/8 */
    public UdpMachine(String address) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "udp-machine");
        reader.setDaemon(true);
        reader.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Each question gets all answers. */
    public UdpMachine answering(Buffer... contents) {
        answers.addAll(List.of(contents));
        return this;
    }

    /** The questions so far. */
    public List<Buffer> questions() {
        return List.copyOf(questions);
    }

    public void send(Buffer content, int port) {
        send(content, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private void send(Buffer content, @Nullable InetSocketAddress to) {
        byte[] bytes = content.getBytes();
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                questions.add(Buffer.buffer(packet.getLength()).appendBytes(packet.getData(), 0, packet.getLength()));
                answers.forEach(answer -> send(answer, (InetSocketAddress) packet.getSocketAddress()));
            } catch (IOException | UncheckedIOException e) {
                if (!socket.isClosed()) {
                    throw new AssertionError("the machine stopped", e);
                }
            }
        }
    }

    /** A UDP port that nothing is bound to. */
    public static int freePort() {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a socket of any process is bound to a UDP port, on Linux without binding it, which would be in the way of others. */
    public static boolean isBound(int port) {
        try {
            for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
                if (Files.exists(Path.of(table))
                        && Files.readAllLines(Path.of(table)).stream().anyMatch(line -> hasPort(line, port))) {
                    return true;
                }
            }
            return Files.notExists(Path.of("/proc/net/udp")) && !canBind(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second column is the local address and port, in hexadecimal digits. */
    private static boolean hasPort(String line, int port) {
        return line.matches(String.format(Locale.ROOT, "\\s*\\d+: [0-9A-F]+:%04X .*", port));
    }

    private static boolean canBind(int port) {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.setReuseAddress(false);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
