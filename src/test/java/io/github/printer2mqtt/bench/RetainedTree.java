package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a broker's retained messages: each registered printer has a state with its name and a Home Assistant device, and
 * other printers have none.
 */
final class RetainedTree {
    private static final Pattern OF_PRINTER = Pattern.compile("printer2mqtt/printers/([^/]+)/(.+)");

    private static final Pattern DEVICE = Pattern.compile("homeassistant/device/printer2mqtt_(p-\\d+)/config");

    private RetainedTree() {}

    /**
     * The problems, one line each.
     *
     * @param heard messages of a new subscriber: retained ones and those since
     * @param names names of the registered printers by id
     * @param decided ids of the printers that must have an availability
     */
    static List<String> problems(List<TestSubscriber.Heard> heard, Map<String, String> names, Set<String> decided) {
        List<String> problems = new ArrayList<>();
        Set<String> stateless = new HashSet<>(names.keySet());
        Set<String> undecided = new HashSet<>(decided);
        Set<String> unannounced = new HashSet<>(names.keySet());
        for (TestSubscriber.Heard message : heard) {
            Matcher device = DEVICE.matcher(message.topic());
            Matcher topic = device.matches() ? device : OF_PRINTER.matcher(message.topic());
            if (!topic.matches() || !message.retained() || message.text().isEmpty()) {
                continue;
            }
            String id = topic.group(1);
            String name = names.get(id);
            if (name == null) {
                problems.add(message.topic() + " is retained, but the printer is not registered");
            } else if (topic == device) {
                unannounced.remove(id);
            } else if (topic.group(2).equals("state")) {
                stateless.remove(id);
                String published = new JsonObject(message.text()).getString("name");
                if (!name.equals(published)) {
                    problems.add(message.topic() + " has the name " + published + ", expected " + name);
                }
            } else if (topic.group(2).equals("availability")) {
                undecided.remove(id);
            }
        }
        stateless.stream().sorted().forEach(id -> problems.add(id + " has no state at the broker"));
        undecided.stream().sorted().forEach(id -> problems.add(id + " has no availability at the broker"));
        unannounced.stream()
                .sorted()
                .forEach(id -> problems.add(id + " has no device for Home Assistant at the broker"));
        return problems;
    }
}
