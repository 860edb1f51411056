package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Maps the errors of a server and of the connection to it to {@link DatabaseException}. Pure. */
record PostgresErrors(DatabaseConfig.Server server) {
    private static final int MAX_CAUSES = 10;

    /** What Vert.x says of a server that declines TLS. */
    private static final String NO_TLS = "does not handle SSL";

    /** And of a certificate that is not accepted, without the reason. */
    private static final String NO_HANDSHAKE = "SSL handshake failed";

    DatabaseException of(Throwable failure) {
        if (failure instanceof DatabaseException known) {
            return known;
        }
        PgException answered = cause(failure, PgException.class);
        if (answered != null) {
            return answered(answered, failure);
        }
        if (String.valueOf(failure.getMessage()).contains(NO_TLS)) {
            return exception(
                    Kind.REJECTED,
                    "the server offers no TLS; switch it on there, or set database.tls.mode"
                            + " (PRINTER2MQTT_DATABASE_TLS_MODE) to disable in a network that you trust",
                    failure);
        }
        if (cause(failure, SSLException.class) != null
                || String.valueOf(failure.getMessage()).contains(NO_HANDSHAKE)) {
            return exception(
                    Kind.REJECTED,
                    "its certificate is not trusted or is for another host (" + oneLine(root(failure))
                            + "); set database.tls.ca (PRINTER2MQTT_DATABASE_TLS_CA) to the authority of the server",
                    failure);
        }
        if (cause(failure, UnknownHostException.class) != null) {
            return unreachable("no host has the name " + server.url().host(), failure);
        }
        if (cause(failure, TimeoutException.class) != null) {
            return exception(Kind.TIMEOUT, "it did not respond in time", failure);
        }
        if (cause(failure, ClosedConnectionException.class) != null || cause(failure, IOException.class) != null) {
            return unreachable(lost(failure), failure);
        }
        return exception(Kind.FAULT, oneLine(failure), failure);
    }

    private static String lost(Throwable failure) {
        IOException io = cause(failure, IOException.class);
        return io == null ? "the connection was lost" : oneLine(io);
    }

    private DatabaseException answered(PgException answer, Throwable failure) {
        String state = String.valueOf(answer.getSqlState());
        String text = oneLine(String.valueOf(answer.getErrorMessage()));
        return switch (state) {
            case "28P01", "28000" ->
                exception(
                        Kind.REJECTED,
                        "the server rejects the login of " + server.username()
                                + "; check database.username, database.password and pg_hba.conf (" + text + ")",
                        failure);
            case "3D000" ->
                exception(Kind.REJECTED, "the server has no such database; create it there (" + text + ")", failure);
            case "42501" ->
                exception(
                        Kind.REJECTED,
                        "the role " + server.username() + " lacks a right; make it the owner of the database (" + text
                                + ")",
                        failure);
            case "25006" ->
                exception(Kind.REJECTED, "it is read-only; name the primary server in database.url", failure);
            case "53100" -> exception(Kind.DISK_FULL, "the disk of the server is full; nothing was stored", failure);
            case "53300" -> unreachable("the server has no connection left (" + text + ")", failure);
            case "57014" -> exception(Kind.TIMEOUT, "it did not respond in time", failure);
            case "57P01", "57P02", "57P03", "57P05", "25P03" -> unreachable(text, failure);
            case "40001", "40P01", "55P03" -> exception(Kind.BUSY, "another program holds it", failure);
            case "XX001", "XX002" -> exception(Kind.DAMAGED, "it is damaged; restore a backup (" + text + ")", failure);
            default -> exception(state.startsWith("23") ? Kind.CONSTRAINT : classOf(state), text, failure);
        };
    }

    private static Kind classOf(String state) {
        return state.startsWith("08") ? Kind.UNREACHABLE : state.startsWith("58") ? Kind.DISK_FAILED : Kind.FAULT;
    }

    DatabaseException unreachable(String reason, @Nullable Throwable cause) {
        return exception(Kind.UNREACHABLE, "it cannot be reached: " + reason, cause);
    }

    DatabaseException exception(Kind kind, String problem, @Nullable Throwable cause) {
        return new DatabaseException(kind, "database " + server.url() + ": " + problem, cause);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
            each = each.getCause();
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each.getCause() != null && depth < MAX_CAUSES; depth++) {
            each = each.getCause();
        }
        return each;
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : oneLine(message);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
