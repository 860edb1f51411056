package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code database}.
 *
 * @param path of the SQLite file; missing directories are created. With a server, only the default of
 *     {@code secrets.key_file} is derived from it
 * @param server a PostgreSQL server to use instead; null for SQLite
 */
public record DatabaseConfig(String path, @Nullable Server server) {
    /** A database in a file. */
    public static DatabaseConfig inFile(String path) {
        return new DatabaseConfig(path, null);
    }

    /** Names the database in messages. */
    public String shown() {
        return server == null ? path : server.url().toString();
    }

    /**
     * A database at a PostgreSQL server.
     *
     * @param url host, port and name of the database
     * @param username the role at the server
     * @param password null for servers that ask for none
     * @param tls how the connection is encrypted
     * @param ca PEM file with the certificates to trust; null for those of the system
     */
    public record Server(
            DatabaseUrl url,
            String username,
            @Nullable Secret password,
            Tls tls,
            @Nullable String ca) {
        /** The same login at another database. */
        public Server at(DatabaseUrl other) {
            return new Server(other, username, password, tls, ca);
        }
    }

    /** How a connection to a server is encrypted, in the words of PostgreSQL's {@code sslmode}. */
    public enum Tls implements WireConstant {
        DISABLE,
        /** Encrypted, whatever the certificate is. */
        REQUIRE,
        /** Encrypted; authority and host name of the certificate are checked. */
        VERIFY_FULL;

        @Override
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** What applies to a server for which nothing is configured. */
        public static Tls defaultFor(DatabaseUrl url) {
            return url.isLoopback() ? DISABLE : VERIFY_FULL;
        }
    }
}
