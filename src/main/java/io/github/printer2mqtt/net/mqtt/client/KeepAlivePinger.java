package io.github.printer2mqtt.net.mqtt.client;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/**
 * Lets Paho check a connection for inactivity, with a single timer. Paho's own sender can end up with two timers, since
 * it cancels none; the second check, shortly after a PINGREQ, would end a good connection. Safe for every thread.
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

    /** Starts, or restarts with the server keep alive: Paho starts with ours before it reads the CONNACK. */
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
            next = threads.schedule(this::checkActivity, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            stopped = true; // the connection is being closed
        }
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
        }
    }

    private void checkActivity() {
        ClientComms known;
        synchronized (this) {
            known = stopped ? null : comms;
        }
        if (known != null) {
            known.checkForActivity();
        }
    }
}
