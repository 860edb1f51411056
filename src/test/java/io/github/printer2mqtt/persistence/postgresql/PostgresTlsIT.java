package io.github.printer2mqtt.persistence.postgresql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.DatabaseConfig.Server;
import io.github.printer2mqtt.config.DatabaseConfig.Tls;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.testing.OpenSsl;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates of a PostgreSQL server are accepted. */
@Timeout(120)
class PostgresTlsIT {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void certificateIsCheckedAgainstAuthorityAndHost() {
        OpenSsl openssl = OpenSsl.in(folder);
        String other = openssl.authority("other", "Other").toString();
        Path key = openssl.key("server");
        Path certificate = openssl.certificate("server");
        try (PostgresServer postgres = PostgresServer.withTls(certificate, key)) {
            Server plain = postgres.newDatabase();
            String ca = openssl.file("ca.pem").toString();

            Database database = done(open(encrypted(plain, Tls.VERIFY_FULL, ca)));
            assertThat(postgres.sql(
                            "postgres",
                            "SELECT bool_and(s.ssl) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                                    + " WHERE application_name LIKE 'printer2mqtt %'"))
                    .isEqualTo("t");
            done(database.close());

            assertThat(refused(open(encrypted(plain, Tls.VERIFY_FULL, other))))
                    .hasMessageContaining("its certificate is not trusted or is for another host (");
            assertThat(refused(open(encrypted(plain, Tls.VERIFY_FULL, null))))
                    .hasMessageContaining("; set database.tls.ca (PRINTER2MQTT_DATABASE_TLS_CA)");
            Server byName = plain.at(
                    new DatabaseUrl("localhost", postgres.port(), plain.url().database()));
            assertThat(refused(open(encrypted(byName, Tls.VERIFY_FULL, ca))))
                    .hasMessageContaining("its certificate is not trusted or is for another host (");
            assertThat(refused(open(encrypted(plain, Tls.VERIFY_FULL, folder + "/missing.pem"))))
                    .hasMessageStartingWith("database.tls.ca: found the file ")
                    .hasMessageContaining("missing.pem, which cannot be read");
            done(done(open(encrypted(byName, Tls.REQUIRE, null))).close());
        }
    }

    private static Server encrypted(Server server, Tls mode, @Nullable String ca) {
        return new Server(server.url(), server.username(), server.password(), mode, ca);
    }

    @Test
    void serverWithoutTlsIsNotSpokenToInTheClear() {
        Server server = PostgresServer.shared().newDatabase();
        Server encrypted = new Server(server.url(), server.username(), server.password(), Tls.REQUIRE, null);

        assertThat(refused(open(encrypted)))
                .hasMessageContaining("the server offers no TLS; switch it on there, or set database.tls.mode");
    }

    private Future<PostgresDatabase> open(Server server) {
        return PostgresDatabase.open(instance.vertx(), server);
    }

    private static Throwable refused(Future<?> future) {
        return failure(future);
    }
}
