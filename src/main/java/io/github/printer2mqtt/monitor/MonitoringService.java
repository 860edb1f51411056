package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows and monitors the printers of the fleet, which are two steps: a registered printer has a status, a monitored one is
 * also polled. Thread-safe; futures complete on the caller's context.
 */
public interface MonitoringService extends MonitoredPrinters {
    /**
     * Registers a printer in the fleet, or replaces its registration, without monitoring it; a running monitor of it stops.
     * A disabled printer is shown as such, an enabled one as unknown.
     */
    Future<Void> register(Printer printer);

    /**
     * Polls every monitored printer now, all at once. Completes when the last poll is recorded, at most one deadline later
     * whatever the size of the fleet; a poll in flight counts, and concurrent calls share it. A printer that could not be
     * polled in time keeps its last observation.
     */
    Future<Void> pollAll();

    /** Like {@link #pollAll} for one printer; does nothing for one that is not monitored. */
    Future<Void> pollNow(PrinterId printer);

    /** Brings the next poll of a printer forward, because a command may have changed its state. */
    void pollEarly(PrinterId printer);

    /**
     * Executes a command in a printer's session. Fails like
     * {@link io.github.printer2mqtt.driver.PrinterSession#execute}, or with a {@link java.util.NoSuchElementException}
     * if the printer is not monitored, or with a {@link NotHeldException}.
     */
    Future<Void> execute(PrinterId printer, PrinterCommand command);

    /** The command was not sent, because this process may not act for the printer any more: another node does. */
    final class NotHeldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotHeldException(PrinterId printer) {
            super("this node no longer acts for printer " + printer, null, false, false);
        }
    }

    /** The printer's last polls. */
    Future<RecentPolls> recentPolls(PrinterId printer);

    /** From now on hands each message that a printer sends by itself to a receiver, in place of the one before. */
    void handOnMessages(MessageReceiver receiver);

    /** Gets messages of printers as they came. */
    interface MessageReceiver {
        /** Called on the event loop of the printer; returns at once and does not change the bytes. */
        void onMessage(PrinterId printer, byte[] message);
    }

    /** How a printer's changes are noticed. */
    enum Mode implements WireConstant {
        /** The bridge polls it on a schedule. */
        POLL,
        /** The printer reports them; it is polled only to connect and after silence. */
        PUSH
    }

    /**
     * A printer's last polls.
     *
     * @param mode null if the printer is not monitored
     * @param fallback why a printer that could push is polled; null if it is not
     * @param polls oldest first, at most 20
     */
    record RecentPolls(@Nullable Mode mode, @Nullable String fallback, List<PollRecord> polls) {}

    /**
     * A completed poll, kept for support.
     *
     * @param at when it completed
     * @param failure null if it brought a reading
     */
    record PollRecord(
            Instant at, long latencyMillis, @Nullable PollFailure failure) {}
}
