package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.nodes.Breach.Rule;
import io.github.printer2mqtt.nodes.History.Message;
import io.github.printer2mqtt.nodes.History.Request;
import io.github.printer2mqtt.nodes.History.SentCommand;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether each command reached its printer once at most, and whether its answer is true. A command may stay unanswered. */
final class CommandRules {
    /** Errors that promise that the printer was not asked. */
    private static final Set<String> NOT_DONE = Set.of("no_owner", "standby");

    private CommandRules() {}

    static List<Breach> check(History history) {
        List<Breach> breaches = new ArrayList<>();
        Map<String, Integer> executions = executions(history);
        Map<String, List<JsonObject>> answers = answers(history);
        for (SentCommand command : history.commands()) {
            String key = key(command.printer(), command.line());
            Integer counted = executions.remove(key);
            int times = counted == null ? 0 : counted;
            if (times > 1) {
                breaches.add(new Breach(Rule.REPEATED_COMMAND, key + " reached the printer " + times + " times"));
            }
            List<JsonObject> found = answers.getOrDefault(command.transaction(), List.of());
            if (found.size() > 1) {
                breaches.add(new Breach(Rule.WRONG_ANSWER, key + " was answered " + found));
            } else if (found.size() == 1 && !isTrue(found.get(0), times)) {
                breaches.add(new Breach(
                        Rule.WRONG_ANSWER,
                        key + " reached the printer " + times + " times, the answer was "
                                + found.get(0).encode()));
            }
        }
        executions.forEach((key, times) -> breaches.add(new Breach(Rule.REPEATED_COMMAND, key + " was not sent")));
        return breaches;
    }

    private static boolean isTrue(JsonObject answer, int times) {
        JsonObject error = answer.getJsonObject("error");
        return error == null ? times > 0 : times == 0 || !NOT_DONE.contains(error.getString("code"));
    }

    private static Map<String, Integer> executions(History history) {
        Map<String, Integer> executions = new HashMap<>();
        for (Request request : history.requests()) {
            if (!request.isPoll()) {
                executions.merge(key(request.printer(), request.line()), 1, Integer::sum);
            }
        }
        return executions;
    }

    /** By transaction. */
    private static Map<String, List<JsonObject>> answers(History history) {
        Map<String, List<JsonObject>> answers = new HashMap<>();
        for (Message message : history.messages()) {
            if (message.topic().contains("/response/")) {
                JsonObject answer = new JsonObject(message.payload());
                answers.computeIfAbsent(String.valueOf(answer.getString("transaction")), none -> new ArrayList<>())
                        .add(answer);
            }
        }
        return answers;
    }

    private static String key(String printer, String line) {
        return printer + " " + line;
    }
}
