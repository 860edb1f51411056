package io.github.printer2mqtt.net.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * Keeps the end of a stream back until Paho has started all its threads, see {@link PahoExecutor}, and notes what the broker
 * answered first.
 */
final class DelayedEofInputStream extends FilterInputStream {
    private final PahoExecutor threads;
    private final ConnackCode connack;

    DelayedEofInputStream(InputStream in, PahoExecutor threads, ConnackCode connack) {
        super(in);
        this.threads = threads;
        this.connack = connack;
    }

    @Override
    public int available() throws IOException {
        try {
            return super.available();
        } catch (IOException e) {
            threads.awaitStarted();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        try {
            int one = super.read();
            if (one >= 0) {
                connack.add(new byte[] {(byte) one}, 0, 1);
            }
            return patient(one);
        } catch (IOException e) {
            throw patient(e);
        }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int count = super.read(bytes, from, length);
            connack.add(bytes, from, count);
            return patient(count);
        } catch (IOException e) {
            throw patient(e);
        }
    }

    private int patient(int result) {
        if (result < 0) {
            threads.awaitStarted();
        }
        return result;
    }

    private IOException patient(IOException e) {
        // A time-out is how Paho looks up from reading each second; it is no end.
        if (!(e instanceof SocketTimeoutException)) {
            threads.awaitStarted();
        }
        return e;
    }
}
