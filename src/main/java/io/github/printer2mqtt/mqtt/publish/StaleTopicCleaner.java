package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.Collection;
import java.util.Set;

/**
 * Clears retained topics that an earlier run left at a broker and that have no owner now: of removed printers and
 * groups, of disabled options, of another base topic. Belongs to the context of {@code MqttVerticle}.
 */
public final class StaleTopicCleaner {
    private StaleTopicCleaner() {}

    /**
     * Must be called when everything that has a value now is in the retained set.
     *
     * @param announcedEarlier topics of earlier runs, without those of discovery
     * @param printers that are registered now
     */
    public static void clear(
            Topics topics, RetainedTopics retained, Collection<String> announcedEarlier, Set<PrinterId> printers) {
        for (String text : announcedEarlier) {
            if (!retained.contains(text) && !isOwned(topics, text, printers)) {
                retained.clear(topics.ofEarlierRun(text));
            }
        }
    }

    /** Topics that get their value later: the bridge's state last, a printer's availability once it is decided. */
    private static boolean isOwned(Topics topics, String text, Set<PrinterId> printers) {
        PrinterId printer = topics.printerOf(text);
        return text.equals(topics.bridgeState().text())
                || (printer != null
                        && printers.contains(printer)
                        && text.equals(topics.printerAvailability(printer).text()));
    }
}
