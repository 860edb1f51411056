package io.github.printer2mqtt.net.line;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits what one connection receives into lines, and limits their length, their number and all bytes together. A line ends with LF,
 * or CR and LF. Not thread-safe.
 */
final class LineSplitter {
    /** The longest line names a file. */
    static final int MAX_LINE_BYTES = 1024;

    /** For a whole connection, which lasts for one reading or command. */
    static final int MAX_LINES = 1000;

    static final int MAX_BYTES = 64 * 1024;

    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int length;
    private int lines;
    private long bytes;

    /**
     * The lines that are complete with these bytes, without those that are empty or blank.
     *
     * @throws PrinterException with {@code TOO_LARGE}; no more bytes may be added then
     */
    List<String> add(Buffer more) {
        bytes += more.length();
        if (bytes > MAX_BYTES) {
            throw tooLarge("sends more than " + MAX_BYTES / 1024 + " KiB for one reading");
        }
        List<String> complete = new ArrayList<>();
        for (int i = 0; i < more.length(); i++) {
            byte next = more.getByte(i);
            if (next == '\n') {
                addTo(complete);
            } else if (length < MAX_LINE_BYTES) {
                line[length++] = next;
            } else {
                throw tooLarge("sends a line of more than " + MAX_LINE_BYTES + " bytes");
            }
        }
        return complete;
    }

    /** Whether a line has begun and not ended. */
    boolean isInLine() {
        return length > 0;
    }

    private void addTo(List<String> complete) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
        length = 0;
        if (++lines > MAX_LINES) {
            throw tooLarge("sends more than " + MAX_LINES + " lines for one reading");
        }
        if (!text.isEmpty()) {
            complete.add(text);
        }
    }

    private static PrinterException tooLarge(String what) {
        return new PrinterException(FailureReason.TOO_LARGE, what);
    }
}
