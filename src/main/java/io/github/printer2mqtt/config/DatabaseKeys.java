package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.config.type.InvalidSettingException;
import io.github.printer2mqtt.config.type.ValueType;
import io.github.printer2mqtt.config.type.ValueTypes;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of the database and of the nodes that share it. A part of {@link Keys}. */
final class DatabaseKeys {
    static final List<Key<?>> DECLARED = new ArrayList<>();

    private static final String NODE_NAME = "1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit";

    static final Key<String> PATH = key(
            "database.path",
            ValueTypes.databasePath(),
            "data/printer2mqtt.db",
            "SQLite database file, unless `database.url` is set. Missing directories are created.");
    static final Key<DatabaseUrl> URL = key(
            "database.url",
            ValueTypes.string(DatabaseUrl.EXPECTED, DatabaseUrl::parse),
            null,
            "URL of a database at a PostgreSQL server, which is used instead of a file.");
    static final Key<String> USERNAME =
            key("database.username", ValueTypes.text("a string"), null, "Role at that server.");
    static final Key<Secret> PASSWORD =
            key("database.password", ValueTypes.password(), null, "Password of `database.username`.");
    static final Key<DatabaseConfig.Tls> TLS_MODE = key(
            "database.tls.mode",
            ValueTypes.choice(DatabaseConfig.Tls.class),
            null,
            "How the connection is encrypted. `verify-full` checks authority and host name, `require` neither. null is"
                    + " `verify-full`, and `disable` for a server on this machine.");
    static final Key<String> TLS_CA = key(
            "database.tls.ca",
            ValueTypes.text("the path of a file"),
            null,
            "PEM file with the certificates to trust. null trusts those of the system.");

    static final Key<String> NODE = key(
            "cluster.node",
            ValueTypes.string(NODE_NAME, DatabaseKeys::nodeName),
            null,
            "Name of this node, where several bridges share a PostgreSQL database and one of them works at a time"
                    + " ([nodes](../nodes.md)). null is a bridge that shares its database with no other.");
    static final Key<Duration> LEASE = key(
            "cluster.lease",
            ValueTypes.duration(Duration.ofSeconds(3), Duration.ofSeconds(60)),
            "10s",
            "How long a node may be silent before another takes over. The same on all nodes.");

    private DatabaseKeys() {}

    private static String nodeName(String text) throws InvalidSettingException {
        if (!PrinterId.isLabel(text)) {
            throw InvalidSettingException.expected(NODE_NAME);
        }
        return text;
    }

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable String defaultText, String description) {
        Key<T> key = new Key<>(path, type, defaultText, description);
        DECLARED.add(key);
        return key;
    }
}
