package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the printers and an observer at the broker saw while nodes were disturbed. All times are Unix times in milliseconds of one
 * machine.
 *
 * @param lease of the nodes
 * @param interval between the polls of a printer
 * @param end when the recording ended
 * @param requests at all printers, in the order of their arrival
 * @param messages of the whole broker, in the order of their arrival
 * @param changes what printers really did
 * @param commands that were sent, each for a job and with a verb that no other one has
 * @param outages while no node can be expected to poll
 */
public record History(
        Duration lease,
        Duration interval,
        long end,
        List<Request> requests,
        List<Message> messages,
        List<Change> changes,
        List<SentCommand> commands,
        List<Outage> outages) {
    /**
     * A request that arrived at a printer.
     *
     * @param by the node that sent it and its epoch; null if it named none
     * @param line method and target
     */
    public record Request(long at, String printer, @Nullable Holder by, String line) {
        boolean isPoll() {
            return line.startsWith("GET ");
        }
    }

    /** A message that arrived at the observer. */
    public record Message(long at, String topic, String payload) {}

    /**
     * Something that must cause one event.
     *
     * @param type of the event
     * @param file of the job, unique among all printers
     */
    public record Change(long at, String printer, String file, String type) {}

    /**
     * A command that was sent to a bridge, and its effect.
     *
     * @param line method and target of the request at the printer that it causes
     */
    public record SentCommand(String transaction, String printer, String line) {}

    /** A time in which polling may cease, such as that without a database. */
    public record Outage(long from, long until) {
        /** How much of a span of time it covers, in milliseconds. */
        long within(long start, long end) {
            return Math.max(0, Math.min(end, until) - Math.max(start, from));
        }
    }
}
