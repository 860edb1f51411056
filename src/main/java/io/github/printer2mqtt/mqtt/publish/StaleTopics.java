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
 * What an earlier run of the bridge left at a broker and nothing owns any more: of printers and groups that are gone, of
 * an option that was switched off, of another base topic. Belongs to the context of {@code MqttVerticle}.
 */
public final class StaleTopics {
    private final Topics topics;
    private final Supplier<List<Registration>> registrations;
    private final RetainedTopics retained;

    public StaleTopics(Topics topics, Supplier<List<Registration>> registrations, RetainedTopics retained) {
        this.topics = topics;
        this.registrations = registrations;
        this.retained = retained;
    }

    /**
     * Clears them; called when everything that has a value now is in the retained set.
     *
     * @param remembered the topics that were written down, but for those of discovery
     */
    public void clear(Collection<String> remembered) {
        Set<PrinterId> printers =
                registrations.get().stream().map(each -> each.printer().id()).collect(Collectors.toSet());
        for (String text : remembered) {
            if (!retained.contains(text) && !isOwned(text, printers)) {
                retained.clear(topics.remembered(text));
            }
        }
    }

    /** What has no value yet and gets one: the bridge's state at last, a printer's availability when it is decided. */
    private boolean isOwned(String text, Set<PrinterId> printers) {
        PrinterId printer = topics.printerOf(text);
        return text.equals(topics.bridgeState().text())
                || (printer != null
                        && printers.contains(printer)
                        && text.equals(topics.printerAvailability(printer).text()));
    }
}
