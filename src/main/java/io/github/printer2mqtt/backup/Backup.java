package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.text.WireConstant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A complete copy of the database.
 *
 * @param name of its file, which says when and why it was made
 * @param createdAt to the millisecond
 * @param size in bytes
 */
public record Backup(String name, Kind kind, Instant createdAt, long size) {
    /** The reasons in names. */
    static final String NIGHTLY = "nightly";

    static final String REQUEST = "request";
    static final String BEFORE_RESTORE = "before-restore";
    private static final Pattern NAME =
            Pattern.compile("printer2mqtt-(\\d{8}T\\d{9}Z)-(nightly|request|before-restore|before-V\\d{1,6})\\.db");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String BEFORE_UPGRADE = "before-V";

    /** Why it was made. */
    public enum Kind implements WireConstant {
        NIGHTLY,
        REQUEST,
        BEFORE_UPGRADE,
        BEFORE_RESTORE
    }

    /**
     * The name of a new file.
     *
     * @param reason {@link #NIGHTLY}, {@link #REQUEST}, {@link #BEFORE_RESTORE} or that of {@link #beforeUpgradeTo}
     */
    static String name(Instant createdAt, String reason) {
        return "printer2mqtt-" + TIME.format(createdAt) + "-" + reason + ".db";
    }

    static String beforeUpgradeTo(int schema) {
        return BEFORE_UPGRADE + schema;
    }

    /** The backup in a file; null if the name is not the one of a backup. */
    static @Nullable Backup of(String name, long size) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return null;
        }
        try {
            return new Backup(name, kind(parts.group(2)), TIME.parse(parts.group(1), Instant::from), size);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Kind kind(String reason) {
        return switch (reason) {
            case NIGHTLY -> Kind.NIGHTLY;
            case REQUEST -> Kind.REQUEST;
            case BEFORE_RESTORE -> Kind.BEFORE_RESTORE;
            default -> Kind.BEFORE_UPGRADE;
        };
    }
}
