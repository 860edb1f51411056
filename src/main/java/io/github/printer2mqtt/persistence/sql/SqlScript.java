package io.github.printer2mqtt.persistence.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file with SQL statements, of which none has a semicolon or two hyphens inside. Blocks. */
public final class SqlScript {
    private SqlScript() {}

    /** @param resource in the jar, below {@code /db} */
    public static List<Statement> read(String resource) {
        List<Statement> statements = new ArrayList<>();
        String withoutComments = text(resource).replaceAll("--[^\\n]*", "");
        for (String sql : withoutComments.split(";", -1)) {
            if (!sql.isBlank()) {
                statements.add(Statement.of(sql.strip()));
            }
        }
        return statements;
    }

    private static String text(String resource) {
        try (InputStream sql = SqlScript.class.getResourceAsStream("/db/" + resource)) {
            if (sql == null) {
                throw new IllegalStateException("the migration " + resource + " is missing from the jar");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the migration " + resource + " cannot be read", e);
        }
    }
}
