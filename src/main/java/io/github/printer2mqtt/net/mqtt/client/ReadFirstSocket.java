package io.github.printer2mqtt.net.mqtt.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A socket whose writes do not fail when the other side has closed the connection: reading reports that, after the last bytes that
 * it sent. A broker that refuses a client certificate sends an alert with the reason and closes, and a write that fails first
 * would hide it.
 */
final class ReadFirstSocket extends Socket {
    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                try {
                    out.write(bytes, from, count);
                } catch (SocketException e) {
                    if (isClosed()) {
                        throw e;
                    }
                }
            }
        };
    }
}
