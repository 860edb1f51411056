package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.nodes.Breach.Rule;
import io.github.printer2mqtt.nodes.History.Message;
import io.github.printer2mqtt.nodes.History.Outage;
import io.github.printer2mqtt.nodes.History.Request;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Says which rules a history breaks. Pure; an instance judges one history. */
public final class HistoryChecker {
    /** Time that a take-over may need in addition to the lease. */
    static final Duration TAKE_OVER = Duration.ofSeconds(5);

    /** States, availability and discovery; alerts are cleared when they end. */
    private static final Pattern NEVER_CLEARED =
            Pattern.compile(".*/printers/[^/]+/(state|availability)|.*/bridge/(state|info|printers)|homeassistant/.*");

    private static final Pattern SAYS_OFFLINE =
            Pattern.compile(".*/printers/[^/]+/(state|availability)|.*/bridge/state");

    private final History history;
    private final List<Breach> breaches = new ArrayList<>();

    private HistoryChecker(History history) {
        this.history = history;
    }

    /** The breaches of a history; empty if it is as it must be. */
    public static List<Breach> check(History history) {
        HistoryChecker checker = new HistoryChecker(history);
        checker.checkEpochs();
        checker.checkGaps();
        checker.checkMessages();
        checker.breaches.addAll(EventRules.check(history));
        checker.breaches.addAll(CommandRules.check(history));
        return List.copyOf(checker.breaches);
    }

    private void checkEpochs() {
        Map<Long, String> nodes = new HashMap<>();
        Map<String, Holder> newest = new HashMap<>();
        for (Request request : history.requests()) {
            Holder by = request.by();
            if (by == null) {
                report(Rule.UNNAMED_REQUEST, request.at(), request.printer() + ", " + request.line());
                continue;
            }
            String owner = nodes.putIfAbsent(by.epoch(), by.node());
            if (owner != null && !owner.equals(by.node())) {
                report(Rule.SHARED_EPOCH, request.at(), by.epoch() + " of " + owner + " used by " + by.node());
            }
            Holder before = newest.get(request.printer());
            if (before != null && by.epoch() < before.epoch()) {
                report(
                        Rule.OLD_REQUEST,
                        request.at(),
                        request.printer() + " asked by " + by + " after " + before + ", " + request.line());
            } else {
                newest.put(request.printer(), by);
            }
        }
    }

    private void checkGaps() {
        Map<String, Long> last = new HashMap<>();
        for (Request request : history.requests()) {
            if (request.isPoll()) {
                Long before = last.put(request.printer(), request.at());
                if (before != null) {
                    checkGap(request.printer(), before, request.at());
                }
            }
        }
        last.forEach((printer, at) -> checkGap(printer, at, history.end()));
    }

    private void checkGap(String printer, long from, long until) {
        long outage = 0;
        for (Outage other : history.outages()) {
            outage += other.within(from, until);
        }
        long gap = until - from - outage;
        // The last poll may have been an interval before what ended the node.
        if (gap > history.interval().plus(history.lease()).plus(TAKE_OVER).toMillis()) {
            report(Rule.NOT_POLLED, from, printer + " for " + gap + " ms");
        }
    }

    private void checkMessages() {
        Map<String, Long> epochs = new HashMap<>();
        for (Message message : history.messages()) {
            if (message.payload().isEmpty()) {
                if (NEVER_CLEARED.matcher(message.topic()).matches()) {
                    report(Rule.CLEARED_TOPIC, message.at(), message.topic());
                }
                continue;
            }
            if (SAYS_OFFLINE.matcher(message.topic()).matches()) {
                JsonObject document = new JsonObject(message.payload());
                if ("offline".equals(document.getString("state"))) {
                    report(Rule.FALSELY_OFFLINE, message.at(), message.topic() + " " + message.payload());
                }
                JsonObject source = document.getJsonObject("source");
                if (source != null) {
                    long epoch = source.getLong("epoch");
                    long newest = epochs.merge(message.topic(), epoch, Math::max);
                    if (epoch < newest) {
                        report(Rule.OLD_STATE, message.at(), message.topic() + " " + epoch + " after " + newest);
                    }
                }
            }
        }
    }

    private void report(Rule rule, long at, String text) {
        breaches.add(new Breach(rule, text + " (" + at + ")"));
    }
}
