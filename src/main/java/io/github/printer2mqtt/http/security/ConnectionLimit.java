package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.net.AcceptFilterTransport.AcceptFilter;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits the open connections, in total and for each address, from the moment they are accepted: one that never begins to
 * encrypt counts as well. Safe for every thread.
 */
public final class ConnectionLimit implements AcceptFilter {
    private final ClientLimits limits;
    private final HttpMetrics metrics;
    private final TrustedProxies proxies;
    private final Map<InetAddress, Integer> openByAddress = new HashMap<>();
    private int open;

    public ConnectionLimit(ClientLimits limits, HttpMetrics metrics, TrustedProxies proxies) {
        this.limits = limits;
        this.metrics = metrics;
        this.proxies = proxies;
    }

    @Override
    public synchronized @Nullable Runnable admit(InetAddress client) {
        if (open >= limits.connections()
                || (!proxies.sharesAddress(client)
                        && openByAddress.getOrDefault(client, 0) >= limits.connectionsPerAddress())) {
            metrics.connectionClosed(HttpMetrics.Cause.FULL);
            return null;
        }
        openByAddress.merge(client, 1, Integer::sum);
        open++;
        metrics.setConnections(open);
        return () -> release(client);
    }

    private synchronized void release(InetAddress client) {
        openByAddress.computeIfPresent(client, (key, count) -> count > 1 ? count - 1 : null);
        open--;
        metrics.setConnections(open);
    }
}
