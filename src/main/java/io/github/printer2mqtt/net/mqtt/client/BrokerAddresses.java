package io.github.printer2mqtt.net.mqtt.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The IP addresses of a broker in the order to try them: the last one that worked, then untried ones, then those that
 * did not respond. Safe for every thread.
 */
public final class BrokerAddresses {
    private final Lookup lookup;
    private final Set<InetAddress> unresponsive = new HashSet<>();
    private @Nullable InetAddress worked;
    private @Nullable InetAddress reached;

    /** Resolves the host name; may block. */
    public interface Lookup {
        List<InetAddress> addresses() throws UnknownHostException;
    }

    public BrokerAddresses(Lookup lookup) {
        this.lookup = lookup;
    }

    /** Uses the system resolver. */
    public static BrokerAddresses of(BrokerAddress server) {
        return new BrokerAddresses(() -> List.of(InetAddress.getAllByName(server.host())));
    }

    /** All addresses, at least one; blocks while the name is resolved. */
    public List<InetAddress> inOrder() throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>(lookup.addresses());
        synchronized (this) {
            reached = null;
            unresponsive.retainAll(all);
            all.sort(Comparator.comparingInt(this::rank));
        }
        return all;
    }

    private int rank(InetAddress address) {
        return unresponsive.contains(address) ? 2 : address.equals(worked) ? 0 : 1;
    }

    /** The transport is connected; whether it is a broker is not known yet. */
    public synchronized void onReached(InetAddress address) {
        reached = address;
    }

    public synchronized void onUnreachable(InetAddress address) {
        unresponsive.add(address);
    }

    /** The broker at the address reached last accepted the connection. */
    public synchronized void onAccepted() {
        worked = reached;
        unresponsive.remove(reached);
    }

    /** No broker responded at the address reached last. */
    public synchronized void onUnanswered() {
        if (reached != null) {
            unresponsive.add(reached);
            reached = null;
        }
    }
}
