package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Clears retained topics that an earlier run left at a broker and that have no owner now: of removed printers and
 * groups, of disabled options, of another base topic. Belongs to the context of {@code MqttVerticle}.
 */
public final class StaleTopicCleaner {
    private final Topics topics;
    private final Supplier<List<Registration>> registrations;
    private final RetainedTopics retained;

    public StaleTopicCleaner(Topics topics, Supplier<List<Registration>> registrations, RetainedTopics retained) {
        this.topics = topics;
        this.registrations = registrations;
        this.retained = retained;
    }

    /**
     * Must be called when everything that has a value now is in the retained set.
     *
     * @param announcedEarlier topics of earlier runs, without those of discovery
     */
    public void clear(Collection<String> announcedEarlier) {
        Set<PrinterId> printers =
                registrations.get().stream().map(each -> each.printer().id()).collect(Collectors.toSet());
        for (String text : announcedEarlier) {
            if (!retained.contains(text) && !isOwned(text, printers)) {
                retained.clear(topics.ofEarlierRun(text));
            }
        }
    }

    /** Topics that get their value later: the bridge's state last, a printer's availability once it is decided. */
    private boolean isOwned(String text, Set<PrinterId> printers) {
        PrinterId printer = topics.printerOf(text);
        return text.equals(topics.bridgeState().text())
                || (printer != null
                        && printers.contains(printer)
                        && text.equals(topics.printerAvailability(printer).text()));
    }
}
