package io.github.printer2mqtt.mqtt.site;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.site.MirroredSite;
import io.github.printer2mqtt.text.WireConstant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Passes the messages of one site to its mirror. Belongs to the context of the mirror.
 *
 * @param topics of the site's bridge
 */
record SiteMessages(MirroredSite site, Topics topics) {
    private static final String ALERT = "alert/";

    static SiteMessages of(MirroredSite site) {
        return new SiteMessages(site, new Topics(site.config().baseTopic()));
    }

    /** What the mirror needs in this order, so that nothing is shown as unreachable that is not. */
    List<String> filters() {
        return Stream.of(
                        List.of(
                                topics.bridgeState().text(),
                                topics.bridgeHealth().text(),
                                topics.bridgePrinters().text()),
                        topics.printerFilters(),
                        topics.responseFilters())
                .flatMap(List::stream)
                .toList();
    }

    boolean isOfSite(String topic) {
        return topic.startsWith(topics.base() + "/");
    }

    /** Messages that are neither a status nor an alert nor an event only prove that the bridge runs. */
    void accept(MqttMessage message) {
        if (!message.retained()) {
            site.onHeard();
        }
        String topic = message.topic();
        PrinterId printer = topics.printerOf(topic);
        if (topic.equals(topics.bridgeState().text())) {
            site.onBridgeState(message.payload());
        } else if (topic.equals(topics.bridgePrinters().text())) {
            site.onPrinters(message.payload());
        } else if (printer != null) {
            accept(printer, topics.belowPrinter(topic), message);
        }
    }

    private void accept(PrinterId printer, @Nullable String below, MqttMessage message) {
        if ("state".equals(below)) {
            site.onStatus(printer, message.payload());
        } else if ("event".equals(below) && !message.retained()) {
            site.onEvent(printer, message.payload());
        } else if (below != null && below.startsWith(ALERT)) {
            AlertCode code = WireConstant.find(AlertCode.class, below.substring(ALERT.length()));
            if (code != null) {
                site.onAlert(printer, code, message.payload());
            }
        }
    }
}
