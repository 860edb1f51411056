package io.github.printer2mqtt.persistence.transfer;

import java.util.List;

/** The tables of the schema. */
public final class Tables {
    /** A table, and the columns of its primary key. */
    record Table(String name, List<String> key) {
        Table(String name, String... key) {
            this(name, List.of(key));
        }
    }

    /** All tables, each after those that it refers to. */
    static final List<Table> ALL = List.of(
            new Table("printer", "id"),
            new Table("credentials", "printer"),
            new Table("job", "printer"),
            new Table("print", "printer"),
            new Table("plate", "printer"),
            new Table("alert", "printer", "code"),
            new Table("retained_topic", "topic"),
            new Table("setting", "name"),
            new Table("account", "name"),
            new Table("login_session", "hash"),
            new Table("api_token", "hash"),
            new Table("audit", "slot"),
            new Table("job_history", "id"),
            new Table("state_history", "id"));

    public static final List<String> NAMES = ALL.stream().map(Table::name).toList();

    private Tables() {}
}
