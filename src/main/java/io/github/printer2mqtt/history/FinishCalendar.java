package io.github.printer2mqtt.history;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** When running prints will be done, as an iCalendar object (RFC 5545) with an event for each. Pure. */
public final class FinishCalendar {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Octets of a line without its end (RFC 5545, 3.1). */
    private static final int MAX_LINE = 75;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private FinishCalendar() {}

    /**
     * The calendar in UTF-8.
     *
     * @param fleet a printer without a known end of its print has no event
     * @param now when the calendar is made
     */
    public static byte[] of(List<Status> fleet, Instant now) {
        FinishCalendar calendar = new FinishCalendar();
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line("PRODID:-//printer2mqtt//finish times//EN");
        calendar.line("CALSCALE:GREGORIAN");
        calendar.line("X-WR-CALNAME:printer2mqtt");
        calendar.line("REFRESH-INTERVAL;VALUE=DURATION:PT5M");
        calendar.line("X-PUBLISHED-TTL:PT5M");
        fleet.forEach(status -> calendar.event(status, now));
        calendar.line("END:VCALENDAR");
        return calendar.bytes.toByteArray();
    }

    private void event(Status status, Instant now) {
        Status.CurrentJob job = status.job();
        Instant finish = job == null ? null : job.finishAt();
        if (job == null || finish == null) {
            return;
        }
        line("BEGIN:VEVENT");
        line("UID:" + uid(status, job.job()));
        line("DTSTAMP:" + UTC.format(now));
        line("DTSTART:" + UTC.format(finish));
        line("SUMMARY:" + escaped(summary(status, job.job())));
        if (status.group() != null) {
            line("LOCATION:" + escaped(status.group()));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }

    private static String summary(Status status, Job job) {
        return job.file() == null ? status.name() : status.name() + ": " + job.file();
    }

    /** The same as long as the printer names the same print, so that an event moves with its time. */
    private static String uid(Status status, Job job) {
        String print = Objects.requireNonNullElse(job.id(), "") + '\n' + Objects.requireNonNullElse(job.file(), "");
        byte[] digest = Sha256.sha256(print.getBytes(StandardCharsets.UTF_8));
        return status.id() + "-" + HexFormat.of().formatHex(digest, 0, 8) + "@printer2mqtt";
    }

    /** The escapes of a value of type TEXT (RFC 5545, 3.3.11); a name has no line breaks, but an escape for them costs nothing. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r", "")
                .replace("\n", "\\n");
    }

    /** Folds a long line between characters: a continuation begins with a space, which counts. */
    private void line(String text) {
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            byte[] character = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            if (octets + character.length > MAX_LINE) {
                end();
                bytes.write(' ');
                octets = 1;
            }
            bytes.writeBytes(character);
            octets += character.length;
            i += Character.charCount(point);
        }
        end();
    }

    private void end() {
        bytes.write('\r');
        bytes.write('\n');
    }
}
