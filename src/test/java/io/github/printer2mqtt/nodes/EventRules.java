package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.nodes.Breach.Rule;
import io.github.printer2mqtt.nodes.History.Change;
import io.github.printer2mqtt.nodes.History.Message;
import io.github.printer2mqtt.nodes.History.Request;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether each change of a print caused one event, and nothing else did. A change between the readings of two terms is one that no
 * node saw; as after a restart, the status shows what came of it.
 */
final class EventRules {
    private static final Set<String> OF_PRINTS = Set.of(
            "print_started", "print_paused", "print_resumed", "print_finished", "print_cancelled", "print_failed");

    /** So many polls of one term after a change prove that the first of them was recorded and published. */
    private static final int CERTAIN = 3;

    private final History history;
    private final List<Breach> breaches = new ArrayList<>();
    private final Map<String, List<Request>> polls = new HashMap<>();
    private final Map<String, List<Message>> states = new HashMap<>();

    /** The identifiers of the events of each kind. */
    private final Map<String, List<String>> events = new HashMap<>();

    private EventRules(History history) {
        this.history = history;
    }

    static List<Breach> check(History history) {
        EventRules rules = new EventRules(history);
        rules.sort();
        rules.compare();
        return rules.breaches;
    }

    private void sort() {
        for (Request request : history.requests()) {
            if (request.isPoll()) {
                polls.computeIfAbsent(request.printer(), none -> new ArrayList<>())
                        .add(request);
            }
        }
        for (Message message : history.messages()) {
            String[] levels = message.topic().split("/", -1);
            if (levels.length < 3 || !levels[levels.length - 3].equals("printers")) {
                continue;
            }
            String printer = levels[levels.length - 2];
            switch (levels[levels.length - 1]) {
                case "event" -> addEvent(printer, new JsonObject(message.payload()));
                case "state" ->
                    states.computeIfAbsent(printer, none -> new ArrayList<>()).add(message);
                default -> {}
            }
        }
    }

    private void addEvent(String printer, JsonObject event) {
        String type = event.getString("event_type");
        if (type.equals("printer_offline")) {
            breaches.add(new Breach(Rule.FALSELY_OFFLINE, event.encode()));
        }
        if (OF_PRINTS.contains(type)) {
            String file = Objects.requireNonNullElse(event.getJsonObject("job"), new JsonObject())
                    .getString("file");
            events.computeIfAbsent(key(printer, file, type), none -> new ArrayList<>())
                    .add(event.getString("event_id"));
        }
    }

    private static String key(String printer, String file, String type) {
        return printer + " " + type + " " + file;
    }

    private void compare() {
        Map<String, List<String>> left = new HashMap<>(events);
        for (Change change : history.changes()) {
            String key = key(change.printer(), change.file(), change.type());
            List<String> found = left.remove(key);
            if (found == null) {
                checkMissing(change, key);
            } else if (found.size() > 1) {
                breaches.add(new Breach(Rule.REPEATED_EVENT, key + ": " + found));
            }
        }
        left.forEach((key, found) -> breaches.add(new Breach(Rule.INVENTED_EVENT, key + ": " + found)));
    }

    private void checkMissing(Change change, String key) {
        if (isSeenInOneTerm(change)) {
            breaches.add(new Breach(Rule.LOST_EVENT, key + " (" + change.at() + ")"));
        } else if (!isShown(change)) {
            breaches.add(new Breach(Rule.LOST_EVENT, key + " (" + change.at() + "), nor is it shown"));
        }
    }

    /** Whether one term published a reading from before the change and polled certainly after it. */
    private boolean isSeenInOneTerm(Change change) {
        long epoch = epochBefore(change);
        int after = 0;
        for (Request poll : polls.getOrDefault(change.printer(), List.of())) {
            if (poll.at() > change.at()) {
                if (poll.by() == null || poll.by().epoch() != epoch) {
                    return false;
                }
                after++;
            }
            if (after == CERTAIN) {
                return true;
            }
        }
        return false;
    }

    /** The epoch of the newest reading that was published before a change; -1 if there is none. */
    private long epochBefore(Change change) {
        long epoch = -1;
        for (Message message : states.getOrDefault(change.printer(), List.of())) {
            if (message.at() <= change.at() && !message.payload().isEmpty()) {
                JsonObject status = new JsonObject(message.payload());
                JsonObject source = status.getJsonObject("source");
                boolean isRead = !"unknown".equals(status.getString("state"));
                epoch = source == null || !isRead ? epoch : source.getLong("epoch");
            }
        }
        return epoch;
    }

    /** Whether a later status has the job, and its result if the change ended it. */
    private boolean isShown(Change change) {
        String result = switch (change.type()) {
            case "print_finished" -> "finished";
            case "print_cancelled" -> "cancelled";
            case "print_failed" -> "failed";
            default -> "";
        };
        for (Message message : states.getOrDefault(change.printer(), List.of())) {
            if (message.at() >= change.at() && !message.payload().isEmpty()) {
                JsonObject status = new JsonObject(message.payload());
                JsonObject last = status.getJsonObject("last_job");
                if (isFile(last, change) && (result.isEmpty() || result.equals(last.getString("result")))) {
                    return true;
                }
                if (result.isEmpty() && isFile(status.getJsonObject("job"), change)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFile(@Nullable JsonObject job, Change change) {
        return job != null && change.file().equals(job.getString("file"));
    }
}
