package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/**
 * The connection pools of one database.
 *
 * @param application names this process at the server, so that it recognises its own sessions
 * @param trust which certificates are trusted
 */
record PostgresPools(Vertx vertx, DatabaseConfig.Server server, String application, TrustOptions trust) {
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** A server that sends nothing for this time is not waited for. Longer than a statement may take. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(8);

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(5);
    private static final Duration LONG_STATEMENT_LIMIT = Duration.ofMinutes(2);
    private static final int READERS = 2;
    private static final int READER_IDLE_SECONDS = 60;

    /** Reads the authorities of the system, if they are needed; blocks. */
    static PostgresPools of(Vertx vertx, DatabaseConfig.Server server, String application)
            throws GeneralSecurityException {
        if (server.ca() != null) {
            return new PostgresPools(vertx, server, application, authorities(vertx, server.ca()));
        }
        TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (server.tls() == DatabaseConfig.Tls.VERIFY_FULL) {
            system.init((KeyStore) null);
            return new PostgresPools(vertx, server, application, TrustOptions.wrap(system.getTrustManagers()[0]));
        }
        return new PostgresPools(vertx, server, application, new PemTrustOptions());
    }

    /** Read once before, because Vert.x waits in vain for a file that it cannot read. */
    private static TrustOptions authorities(Vertx vertx, String file) {
        PemTrustOptions authorities = new PemTrustOptions().addCertPath(file);
        try {
            authorities.getTrustManagerFactory(vertx);
            return authorities;
        } catch (Exception e) {
            throw new DatabaseException(
                    DatabaseException.Kind.UNUSABLE_PATH,
                    "database.tls.ca: found the file " + file
                            + ", which cannot be read as one with certificates, expected a PEM file",
                    e);
        }
    }

    /** One connection that writes and holds the lock. */
    Pool writer() {
        return pool(options(STATEMENT_LIMIT), new PoolOptions().setMaxSize(1));
    }

    /** Connections that cannot write. Old ones are closed, because a network may drop them without a word. */
    Pool readers(int maxWaiting) {
        PoolOptions pool = new PoolOptions()
                .setMaxSize(READERS)
                .setMaxWaitQueueSize(maxWaiting)
                .setIdleTimeout(READER_IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setConnectionTimeout((int) CONNECT_LIMIT.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return pool(options(STATEMENT_LIMIT).addProperty("default_transaction_read_only", "on"), pool);
    }

    /** One connection for what takes longer. */
    Pool maintenance() {
        return pool(options(LONG_STATEMENT_LIMIT), new PoolOptions().setMaxSize(1));
    }

    private Pool pool(PgConnectOptions options, PoolOptions pool) {
        NetClientOptions sockets = new NetClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setTcpKeepAlive(true);
        return PgBuilder.pool()
                .with(pool)
                .with(sockets)
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    private PgConnectOptions options(Duration statementLimit) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(server.url().host())
                .setPort(server.url().port())
                .setDatabase(server.url().database())
                .setUser(server.username())
                .setSslMode(sslMode());
        if (server.password() != null) {
            options.setPassword(server.password().reveal());
        }
        if (server.tls() != DatabaseConfig.Tls.DISABLE) {
            options.setSslOptions(tlsOptions());
        }
        // Keep-alive lets the server notice that this machine is gone, which releases the lock.
        return options.addProperty("application_name", application)
                .addProperty("client_min_messages", "warning")
                .addProperty("statement_timeout", Long.toString(statementLimit.toMillis()))
                .addProperty("lock_timeout", "2000")
                .addProperty("idle_in_transaction_session_timeout", "10000")
                .addProperty("tcp_keepalives_idle", "10")
                .addProperty("tcp_keepalives_interval", "5")
                .addProperty("tcp_keepalives_count", "3");
    }

    private SslMode sslMode() {
        return switch (server.tls()) {
            case DISABLE -> SslMode.DISABLE;
            case REQUIRE -> SslMode.REQUIRE;
            case VERIFY_FULL -> SslMode.VERIFY_FULL;
        };
    }

    private ClientSSLOptions tlsOptions() {
        ClientSSLOptions tls = new ClientSSLOptions();
        if (server.tls() == DatabaseConfig.Tls.REQUIRE) {
            return tls.setTrustAll(true).setHostnameVerificationAlgorithm("");
        }
        return tls.setHostnameVerificationAlgorithm("HTTPS").setTrustOptions(trust);
    }
}
