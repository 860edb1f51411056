package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The watches of the whole fleet. Safe for every thread; futures complete on the caller's context.
 */
public interface MonitoringService {
    /**
     * Begins to watch a printer, or goes on with its changed registration, keeping its session where the connection is the
     * same. A disabled one is shown and not asked.
     */
    Future<Void> watch(Printer printer, Credentials credentials);

    /** Ends watching a printer and forgets it; an unknown one is no error. */
    Future<Void> unwatch(PrinterId printer);

    /**
     * An ordinary poll of every enabled printer now, all at once; completes when the last has answered or hit its
     * deadline, at most one deadline later however many there are and however busy the bridge is. A poll under way
     * counts, and requests share it. Who was not asked in time keeps its observation and its age.
     */
    Future<Void> pollAll();

    /** The same for one printer; one that is disabled or unknown is not asked. */
    Future<Void> pollNow(PrinterId printer);

    /** Asks one printer soon, after something was done to it. */
    void pollSoon(PrinterId printer);

    /**
     * Has a printer's session execute a command. Fails like
     * {@link io.github.printer2mqtt.driver.PolledSession#execute}, or with a {@link java.util.NoSuchElementException}
     * if the printer is not watched.
     */
    Future<Void> execute(PrinterId printer, Command command);

    /** The printer's last polls, oldest first, at most 20; empty if it is not watched. */
    Future<List<PollRecord>> polls(PrinterId printer);

    /**
     * One poll of the past, kept for support.
     *
     * @param at when it was complete
     * @param latencyMillis how long it took
     * @param miss why it brought nothing; null if it brought a reading
     */
    record PollRecord(
            Instant at, long latencyMillis, @Nullable PollFailure miss) {}
}
