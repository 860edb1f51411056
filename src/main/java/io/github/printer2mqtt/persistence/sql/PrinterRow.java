package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps printers to the rows of their table. Pure. */
final class PrinterRow {
    static final String SELECT_PRINTERS = "SELECT id, name, driver, address, model, printer_group, tags, enabled,"
            + " timeout_ms, offline_after, fingerprint, alerts, mqtt_commands, maintenance_note, maintenance_since FROM printer ORDER BY id";
    static final String INSERT_PRINTER = "INSERT INTO printer (name, driver, address, model, printer_group, tags,"
            + " enabled, timeout_ms, offline_after, fingerprint, alerts, mqtt_commands, maintenance_note, maintenance_since,"
            + " id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String UPDATE_PRINTER = "UPDATE printer SET name = ?, driver = ?, address = ?, model = ?,"
            + " printer_group = ?, tags = ?, enabled = ?, timeout_ms = ?, offline_after = ?, fingerprint = ?, alerts = ?,"
            + " mqtt_commands = ?, maintenance_note = ?, maintenance_since = ? WHERE id = ?";
    static final String DELETE_PRINTER = "DELETE FROM printer WHERE id = ?";

    /** A stored address always has a port. */
    private static final int UNUSED_PORT = 80;

    private PrinterRow() {}

    /** The values of {@link #INSERT_PRINTER} and {@link #UPDATE_PRINTER}. */
    static Tuple values(Printer printer) {
        Printer.PollingOverrides polling = printer.polling();
        Printer.Maintenance maintenance = printer.maintenance();
        return Tuple.tuple()
                .addString(printer.name())
                .addString(printer.driver())
                .addString(printer.address().toString())
                .addString(printer.model())
                .addString(printer.group())
                .addString(new JsonArray(printer.tags()).encode())
                .addInteger(printer.enabled() ? 1 : 0)
                .addLong(polling.timeout() == null ? null : polling.timeout().toMillis())
                .addInteger(polling.offlineAfter())
                .addString(printer.fingerprint())
                .addString(AlertOverridesJson.encode(printer.alerts()))
                .addString(commandNames(printer.mqttCommands()))
                .addString(maintenance == null ? null : maintenance.note())
                .addString(maintenance == null ? null : maintenance.since().toString())
                .addString(printer.id().value());
    }

    static Printer printer(Row row) {
        Long timeoutMillis = row.getLong("timeout_ms");
        List<String> tags = new JsonArray(row.getString("tags"))
                .stream().map(String.class::cast).toList();
        return new Printer(
                new PrinterId(row.getString("id")),
                row.getString("name"),
                row.getString("driver"),
                AddressText.parse(row.getString("address")).withDefaultPort(UNUSED_PORT),
                row.getString("model"),
                row.getString("printer_group"),
                tags,
                row.getInteger("enabled") != 0,
                new Printer.PollingOverrides(
                        timeoutMillis == null ? null : Duration.ofMillis(timeoutMillis),
                        row.getInteger("offline_after")),
                row.getString("fingerprint"),
                AlertOverridesJson.decode(row.getString("alerts")),
                commands(row.getString("mqtt_commands")),
                maintenance(row.getString("maintenance_note"), row.getString("maintenance_since")));
    }

    /** A disabled printer with what can be read of its row. */
    static Printer unreadable(PrinterId id, Row row) {
        return new Printer(
                id,
                Objects.requireNonNullElse(row.getString("name"), id.value()),
                Objects.requireNonNullElse(row.getString("driver"), "unknown"),
                address(id, row.getString("address")),
                null,
                null,
                List.of(),
                false,
                Printer.PollingOverrides.none(),
                null);
    }

    /** An invalid address is replaced by a name that never resolves (RFC 2606). */
    private static PrinterAddress address(PrinterId id, String text) {
        try {
            return AddressText.parse(text).withDefaultPort(UNUSED_PORT);
        } catch (InvalidValueException e) {
            return new PrinterAddress(PrinterAddress.Scheme.HTTP, id + ".invalid", UNUSED_PORT, "");
        }
    }

    private static @Nullable String commandNames(@Nullable Set<Verb> commands) {
        return commands == null ? null : String.join(",", WireConstant.names(commands));
    }

    /** Ignores commands that only a newer release knows. */
    private static @Nullable Set<Verb> commands(@Nullable String names) {
        return names == null ? null : WireConstant.findAll(Verb.class, List.of(names.split(",", -1)));
    }

    private static Printer.@Nullable Maintenance maintenance(@Nullable String note, @Nullable String since) {
        return note == null || since == null ? null : new Printer.Maintenance(note, Instant.parse(since));
    }
}
