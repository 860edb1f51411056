package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.text.Secret;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code notify}. The URLs are secrets because many services put their key into them.
 *
 * @param webhook null for none
 * @param ntfy null for none
 * @param events the events that are sent
 * @param alerts the alerts that are sent when they open and when they clear
 * @param groups only printers of these groups; empty for all printers
 */
public record NotifyConfig(
        @Nullable Webhook webhook,
        @Nullable Ntfy ntfy,
        Set<PrinterEvent.Type> events,
        Set<AlertCode> alerts,
        Set<String> groups) {
    public NotifyConfig {
        events = Set.copyOf(events);
        alerts = Set.copyOf(alerts);
        groups = Set.copyOf(groups);
    }

    /**
     * Sub-section {@code notify.webhook}.
     *
     * @param url an http or https URL
     * @param secret signs what is sent
     */
    public record Webhook(Secret url, Secret secret) {}

    /**
     * Sub-section {@code notify.ntfy}.
     *
     * @param url an http or https URL that ends in a topic
     * @param token null for none
     */
    public record Ntfy(Secret url, @Nullable Secret token) {}
}
