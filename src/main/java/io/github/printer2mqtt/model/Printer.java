package io.github.printer2mqtt.model;

import io.github.printer2mqtt.model.address.PrinterAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One registered machine. Its {@link Credentials} are not part of it.
 *
 * @param name display name; may change
 * @param driver the id of the driver that speaks its protocol
 * @param model as configured by the user; null to use what the printer reports
 * @param group a label like an id; null for none
 * @param tags in the user's order
 * @param enabled whether it is polled
 * @param polling what differs from the configuration
 * @param fingerprint of its certificate, {@code sha256:} and 64 hex digits; null to use the system trust store
 * @param alerts what differs from the configuration
 * @param mqttCommands commands accepted over MQTT, none if empty; null for those of the configuration
 * @param maintenance null unless it is in maintenance
 */
public record Printer(
        PrinterId id,
        String name,
        String driver,
        PrinterAddress address,
        @Nullable String model,
        @Nullable String group,
        List<String> tags,
        boolean enabled,
        PollingOverrides polling,
        @Nullable String fingerprint,
        AlertOverrides alerts,
        @Nullable Set<Command.Verb> mqttCommands,
        @Nullable Maintenance maintenance) {
    public Printer {
        tags = List.copyOf(tags);
        mqttCommands = mqttCommands == null ? null : Set.copyOf(mqttCommands);
    }

    /** Without alert and command overrides, and not in maintenance. */
    public Printer(
            PrinterId id,
            String name,
            String driver,
            PrinterAddress address,
            @Nullable String model,
            @Nullable String group,
            List<String> tags,
            boolean enabled,
            PollingOverrides polling,
            @Nullable String fingerprint) {
        this(
                id,
                name,
                driver,
                address,
                model,
                group,
                tags,
                enabled,
                polling,
                fingerprint,
                AlertOverrides.none(),
                null,
                null);
    }

    /** The same printer at another address. */
    public Printer at(PrinterAddress other) {
        return new Printer(
                id,
                name,
                driver,
                other,
                model,
                group,
                tags,
                enabled,
                polling,
                fingerprint,
                alerts,
                mqttCommands,
                maintenance);
    }

    public Printer disabled() {
        return new Printer(
                id,
                name,
                driver,
                address,
                model,
                group,
                tags,
                false,
                polling,
                fingerprint,
                alerts,
                mqttCommands,
                maintenance);
    }

    /** Whether a connection for this registration also serves another one, apart from credentials. */
    public boolean hasSameConnection(Printer other) {
        return driver.equals(other.driver)
                && address.equals(other.address)
                && enabled == other.enabled
                && polling.equals(other.polling)
                && Objects.equals(fingerprint, other.fingerprint);
    }

    /**
     * The commands accepted over MQTT.
     *
     * @param configured used if this registration sets none
     */
    public Set<Command.Verb> mqttCommands(Set<Command.Verb> configured) {
        return mqttCommands == null ? configured : mqttCommands;
    }

    /**
     * A printer that somebody works on: it is polled and shown, and raises no alert and no notification.
     *
     * @param note one line for people
     * @param since when the maintenance began, by the wall clock
     */
    public record Maintenance(String note, Instant since) {}

    /**
     * Overrides of section {@code polling} of the configuration.
     *
     * @param timeout of one poll; null for the configured one
     * @param offlineAfter failed polls until it is offline; null for the configured number
     */
    public record PollingOverrides(
            @Nullable Duration timeout, @Nullable Integer offlineAfter) {
        public static PollingOverrides none() {
            return new PollingOverrides(null, null);
        }
    }

    /**
     * Overrides of section {@code alerts} of the configuration; null means as configured.
     *
     * @param rules enabled alerts; empty for none
     * @param offlineAfter as in {@code alerts.offline.after}
     * @param stalledAfter as in {@code alerts.stalled.after}
     * @param temperature as in {@code alerts.temperature}
     * @param notClearedAfter as in {@code alerts.not_cleared.after}
     */
    public record AlertOverrides(
            @Nullable Set<AlertCode> rules,
            @Nullable Duration offlineAfter,
            @Nullable Duration stalledAfter,
            Temperature temperature,
            @Nullable Duration notClearedAfter) {
        private static final AlertOverrides NONE =
                new AlertOverrides(null, null, null, new Temperature(null, null, null, null), null);

        public AlertOverrides {
            rules = rules == null ? null : Set.copyOf(rules);
        }

        /**
         * Overrides of {@code alerts.temperature}; null means as configured.
         *
         * @param after as there
         * @param deviation degrees Celsius
         * @param nozzleLimit degrees Celsius
         * @param bedLimit degrees Celsius
         */
        public record Temperature(
                @Nullable Duration after,
                @Nullable Integer deviation,
                @Nullable Integer nozzleLimit,
                @Nullable Integer bedLimit) {}

        public static AlertOverrides none() {
            return NONE;
        }
    }
}
