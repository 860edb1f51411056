package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.persistence.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Replaces the placeholders {@code ?} by {@code $1}, {@code $2} and so on. No statement has a question mark in a literal. */
final class Placeholders {
    /** More than there are different statements; filters of the history make most of them. */
    private static final int MAX_KEPT = 500;

    private static final Map<String, String> NUMBERED = new ConcurrentHashMap<>();

    private Placeholders() {}

    static Statement numbered(Statement statement) {
        return new Statement(numbered(statement.sql()), statement.rows());
    }

    static String numbered(String sql) {
        String known = NUMBERED.get(sql);
        if (known != null) {
            return known;
        }
        StringBuilder numbered = new StringBuilder(sql.length() + 16);
        int number = 0;
        for (int i = 0; i < sql.length(); i++) {
            if (sql.charAt(i) == '?') {
                numbered.append('$').append(++number);
            } else {
                numbered.append(sql.charAt(i));
            }
        }
        if (NUMBERED.size() < MAX_KEPT) {
            NUMBERED.put(sql, numbered.toString());
        }
        return numbered.toString();
    }
}
