package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterAddress;
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
 * The addresses to which one printer's name leads, as far as policy allows them: the one that answered last comes first,
 * and one that did not answer gives its turn to the next. Belongs to one event loop.
 */
final class PrinterAddresses {
    private final NameResolver resolver;
    private final AddressPolicy policy;
    private final PrinterAddress printer;
    private final @Nullable InetAddress literal;
    private @Nullable InetAddress preferred;

    /** @param literal the host where it is an address and no name: nothing is resolved then */
    PrinterAddresses(
            NameResolver resolver, AddressPolicy policy, PrinterAddress printer, @Nullable InetAddress literal) {
        this.resolver = resolver;
        this.policy = policy;
        this.printer = printer;
        this.literal = literal;
    }

    /** At least one, in the order in which they are to be tried; fails with a {@link PrinterException}. */
    Future<List<InetAddress>> inOrder() {
        return literal == null ? resolver.resolve(printer.host()).compose(this::allowed) : allowed(List.of(literal));
    }

    /** An address answered. */
    void onAnswer(InetAddress address) {
        preferred = address;
    }

    /** An exchange ended without an answer; the address after this one is tried first next time. */
    void onSilence(InetAddress address, List<InetAddress> order) {
        int at = order.indexOf(address);
        preferred = order.get((at + 1) % order.size());
    }

    private Future<List<InetAddress>> allowed(List<InetAddress> found) {
        String refusal = null;
        List<InetAddress> allowed = new ArrayList<>(found.size());
        for (InetAddress candidate : found) {
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
