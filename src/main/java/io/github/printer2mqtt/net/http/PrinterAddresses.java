package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.NameResolver;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one printer's host that policy allows. The one that responded last is tried first; after one that did
 * not respond, the next. Belongs to one event loop.
 */
final class PrinterAddresses {
    private final NameResolver resolver;
    private final AddressPolicy policy;
    private final PrinterAddress printer;
    private final @Nullable InetAddress literal;
    private @Nullable InetAddress preferred;

    /** @param literal the host if it is an address, which needs no resolution; null if it is a name */
    PrinterAddresses(
            NameResolver resolver, AddressPolicy policy, PrinterAddress printer, @Nullable InetAddress literal) {
        this.resolver = resolver;
        this.policy = policy;
        this.printer = printer;
        this.literal = literal;
    }

    /** At least one address, in the order in which to try them; fails with a {@link PrinterException}. */
    Future<List<InetAddress>> resolve() {
        return literal == null ? resolver.resolve(printer.host()).compose(this::allowed) : allowed(List.of(literal));
    }

    void onResponse(InetAddress address) {
        preferred = address;
    }

    /** The address after this one is tried first next time. */
    void onNoResponse(InetAddress address, List<InetAddress> order) {
        int at = order.indexOf(address);
        preferred = order.get((at + 1) % order.size());
    }

    private Future<List<InetAddress>> allowed(List<InetAddress> resolved) {
        String refusal = null;
        List<InetAddress> allowed = new ArrayList<>(resolved.size());
        for (InetAddress candidate : resolved) {
            String why = policy.refusal(candidate, printer.port());
            if (why == null) {
                allowed.add(candidate);
            } else {
                refusal = why;
            }
        }
        if (allowed.isEmpty()) {
            return Future.failedFuture(new PrinterException(FailureReason.UNREACHABLE, refusal));
        }
        int first = allowed.indexOf(preferred);
        if (first > 0) {
            Collections.rotate(allowed, -first);
        }
        return Future.succeededFuture(allowed);
    }
}
