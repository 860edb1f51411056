package io.github.printer2mqtt.net.mqtt;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that the name of a broker leads to, in the order to try them: the one that worked last, those not tried
 * yet, those that did not answer. Safe for every thread.
 */
final class BrokerAddresses {
    private final Lookup lookup;
    private final Set<InetAddress> silent = new HashSet<>();
    private @Nullable InetAddress worked;
    private @Nullable InetAddress reached;

    /** Asks for the addresses of the name; may block. */
    interface Lookup {
        List<InetAddress> addresses() throws UnknownHostException;
    }

    BrokerAddresses(Lookup lookup) {
        this.lookup = lookup;
    }

    /** By the resolver of the system. */
    static BrokerAddresses of(BrokerAddress server) {
        return new BrokerAddresses(() -> List.of(InetAddress.getAllByName(server.host())));
    }

    /** All of them, at least one; blocks while the name is looked up. */
    List<InetAddress> inOrder() throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>(lookup.addresses());
        synchronized (this) {
            reached = null;
            silent.retainAll(all);
            all.sort(Comparator.comparingInt(this::rank));
        }
        return all;
    }

    private int rank(InetAddress address) {
        return silent.contains(address) ? 2 : address.equals(worked) ? 0 : 1;
    }

    /** A connection came up; whether a broker answers there is not known yet. */
    synchronized void onReached(InetAddress address) {
        reached = address;
    }

    synchronized void onSilent(InetAddress address) {
        silent.add(address);
    }

    /** The broker at the address that was reached last has taken us. */
    synchronized void onAccepted() {
        worked = reached;
        silent.remove(reached);
    }

    /** No broker answered at the address that was reached last. */
    synchronized void onUnanswered() {
        if (reached != null) {
            silent.add(reached);
            reached = null;
        }
    }
}
