package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.net.line.ReplyEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one reply.
 *
 * @param lines without {@code echo:} in front
 */
record Reply(List<String> lines) {
    /** Firmware that announces a reply with this also ends it with {@code ok}. */
    private static final String START = "CMD ";

    private static final String ECHO = "echo:";
    private static final Pattern FRACTION = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{1,9})");
    private static final Pattern HEATER = Pattern.compile(
            "\\b(T\\d?|B)\\s*:\\s*(-?\\d{1,4}(?:\\.\\d{1,6})?)(?:\\s*/\\s*(-?\\d{1,4}(?:\\.\\d{1,6})?))?");

    /** Two numbers of a line, for example {@code 18/100}. */
    record Fraction(int part, int whole) {}

    /**
     * A heater of {@code M105}.
     *
     * @param name {@code T0} to {@code T9}, or {@code B} for the bed
     * @param target null if it is not stated
     */
    record Heater(String name, double actual, @Nullable Double target) {
        /** Printers list heaters that they do not have with 0 of 0. */
        boolean exists() {
            return actual != 0 || (target != null && target != 0);
        }
    }

    /** Where a reply ends. Source: notes on the protocol, and recordings. */
    static final ReplyEnd END = new ReplyEnd() {
        @Override
        public Verdict after(List<String> lines) {
            Reply reply = of(lines);
            String last = reply.lines.get(lines.size() - 1).toLowerCase(Locale.ROOT);
            if (last.equals("ok") || last.startsWith("ok ")) {
                return Verdict.COMPLETE;
            }
            boolean isAnnounced = reply.lines.get(0).startsWith(START);
            return isAnnounced && reply.refusal() == null ? Verdict.OPEN : Verdict.COMPLETE_IF_SILENT;
        }

        /** A client that others wrote waits for 0.2 to 0.25 s; M115 and M119 must fit into a second. */
        @Override
        public Duration silence() {
            return Duration.ofMillis(300);
        }
    };

    static Reply of(List<String> lines) {
        List<String> plain = new ArrayList<>(lines.size());
        for (String line : lines) {
            plain.add(line.startsWith(ECHO) ? line.substring(ECHO.length()).strip() : line);
        }
        return new Reply(List.copyOf(plain));
    }

    /** What stands behind a word and its colon; null if the line is missing or nothing follows. */
    @Nullable String value(String word) {
        String start = word.toLowerCase(Locale.ROOT) + ":";
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
                String value = line.substring(start.length()).strip();
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }

    /** The numbers of the first line that has the word; null if there is none. */
    @Nullable Fraction fraction(String word) {
        for (String line : lines) {
            if (line.contains(word)) {
                Matcher matcher = FRACTION.matcher(line);
                return matcher.find()
                        ? new Fraction(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                        : null;
            }
        }
        return null;
    }

    /** All heaters, in the order of the printer. */
    List<Heater> heaters() {
        List<Heater> heaters = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = HEATER.matcher(line);
            while (matcher.find()) {
                String name = matcher.group(1);
                String target = matcher.group(3);
                heaters.add(new Heater(
                        name.equals("T") ? "T0" : name,
                        Double.parseDouble(matcher.group(2)),
                        target == null ? null : Double.valueOf(target)));
            }
        }
        return heaters;
    }

    /** The line with which the printer refuses a command; null if it does not. */
    @Nullable String refusal() {
        for (String line : lines) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("error") || lower.startsWith("control failed")) {
                return line;
            }
        }
        return null;
    }
}
