package io.github.printer2mqtt.net.mqtt;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/**
 * Has Paho look for silence on a connection, with one timer. Paho takes a second look shortly after a PINGREQ for a broker
 * that does not answer, and so ends a good connection; its own sender can be made to do that, since it cancels nothing.
 * Safe for every thread.
 */
final class KeepAlivePinger implements MqttPingSender {
    private final PahoExecutor threads;
    private @Nullable ClientComms comms;
    private @Nullable ScheduledFuture<?> next;
    private boolean stopped;

    KeepAlivePinger(PahoExecutor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void init(ClientComms connection) {
        comms = connection;
    }

    /** Begins, or begins anew when the broker has set another keep alive: Paho starts by ours before it looks there. */
    @Override
    public synchronized void start() {
        ClientComms known = comms;
        if (known != null && known.getKeepAlive() > 0) {
            schedule(known.getKeepAlive());
        }
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        cancel();
    }

    @Override
    public synchronized void schedule(long delayMillis) {
        cancel();
        if (stopped) {
            return;
        }
        try {
            next = threads.schedule(this::look, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            stopped = true; // the connection is being closed
        }
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
        }
    }

    private void look() {
        ClientComms known;
        synchronized (this) {
            known = stopped ? null : comms;
        }
        if (known != null) {
            known.checkForActivity();
        }
    }
}
