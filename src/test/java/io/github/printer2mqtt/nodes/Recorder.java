package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.nodes.History.Change;
import io.github.printer2mqtt.nodes.History.Message;
import io.github.printer2mqtt.nodes.History.Outage;
import io.github.printer2mqtt.nodes.History.Request;
import io.github.printer2mqtt.nodes.History.SentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Records a {@link History}. Thread-safe. */
public final class Recorder {
    private static final Pattern AGENT = Pattern.compile("printer2mqtt/\\S+ \\(node ([a-z0-9-]+); epoch (\\d+)\\)");

    private final List<Request> requests = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<SentCommand> commands = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Map<String, Holder> holders = new HashMap<>();
    private final Map<String, Request> newest = new HashMap<>();

    /** A request that arrives at a printer now. */
    synchronized void request(String printer, @Nullable String userAgent, String line) {
        Holder by = userAgent == null ? null : holders.computeIfAbsent(userAgent, Recorder::holder);
        Request request = new Request(System.currentTimeMillis(), printer, by, line.intern());
        requests.add(request);
        newest.put(printer, request);
    }

    private static @Nullable Holder holder(String userAgent) {
        Matcher agent = AGENT.matcher(userAgent);
        return agent.matches() ? new Holder(agent.group(1), Long.parseLong(agent.group(2))) : null;
    }

    synchronized void message(String topic, String payload) {
        messages.add(new Message(System.currentTimeMillis(), topic, payload));
    }

    synchronized void change(String printer, String file, String type) {
        changes.add(new Change(System.currentTimeMillis(), printer, file, type));
    }

    synchronized void command(SentCommand command) {
        commands.add(command);
    }

    /** A time that has just ended, in which polling may cease. */
    public synchronized void outage(long from) {
        outages.add(new Outage(from, System.currentTimeMillis()));
    }

    /** Whether the newest request of each printer that was asked so far is as expected. */
    synchronized boolean allNewest(Predicate<Request> expected) {
        return newest.values().stream().allMatch(expected);
    }

    /** How many printers were asked so far. */
    synchronized int polledPrinters() {
        return newest.size();
    }

    /** The newest request at any printer; null before the first. */
    public synchronized @Nullable Request last() {
        return requests.isEmpty() ? null : requests.get(requests.size() - 1);
    }

    /** What was recorded so far. */
    synchronized History history(Duration lease, Duration interval) {
        return new History(
                lease,
                interval,
                System.currentTimeMillis(),
                List.copyOf(requests),
                List.copyOf(messages),
                List.copyOf(changes),
                List.copyOf(commands),
                List.copyOf(outages));
    }
}
