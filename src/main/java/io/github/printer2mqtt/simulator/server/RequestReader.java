package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits the bytes of one connection into requests. Bodies need a Content-Length, as with printers. Not thread-safe. */
final class RequestReader {
    /** The bytes are no request, or one larger than any client of a printer sends. */
    static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_BODY = 256 * 1024;

    private final boolean readsLines;
    private Buffer bytes = Buffer.buffer();

    private RequestReader(boolean readsLines) {
        this.readsLines = readsLines;
    }

    /** Reads what clients of a server send. */
    static RequestReader of(PrinterSimulator simulator) {
        return new RequestReader(simulator instanceof ProtocolSimulator requests && requests.readsLines());
    }

    void add(Buffer more) {
        bytes = bytes.length() == 0 ? more : bytes.copy().appendBuffer(more);
    }

    /** The next complete request; null while bytes are missing. Throws {@link BadRequestException}. */
    @Nullable SimulatedRequest next() {
        return readsLines ? nextLine() : nextOfHttp();
    }

    private @Nullable SimulatedRequest nextLine() {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.getByte(i) == '\n') {
                String line = bytes.getString(0, i).strip();
                bytes = bytes.getBuffer(i + 1, bytes.length());
                return SimulatedRequest.ofLine(line);
            }
        }
        if (bytes.length() > MAX_HEAD) {
            throw new BadRequestException("a line is larger than " + MAX_HEAD + " bytes");
        }
        return null;
    }

    private @Nullable SimulatedRequest nextOfHttp() {
        int head = endOfHead();
        if (head < 0) {
            if (bytes.length() > MAX_HEAD) {
                throw new BadRequestException("the head is larger than " + MAX_HEAD + " bytes");
            }
            return null;
        }
        String[] lines = bytes.getString(0, head, "ISO-8859-1").split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
            throw new BadRequestException("not a request line");
        }
        Map<String, String> headers = headers(lines);
        int length = bodyLength(headers);
        int end = head + 4 + length;
        if (bytes.length() < end) {
            return null;
        }
        String body = length == 0 ? "" : new String(bytes.getBytes(head + 4, end), StandardCharsets.UTF_8);
        bytes = bytes.length() == end ? Buffer.buffer() : bytes.getBuffer(end, bytes.length());
        return new SimulatedRequest(start[0], start[1], start[2].equals("HTTP/1.0"), headers, body);
    }

    private int endOfHead() {
        for (int i = 3; i < bytes.length(); i++) {
            if (bytes.getByte(i) == '\n'
                    && bytes.getByte(i - 1) == '\r'
                    && bytes.getByte(i - 2) == '\n'
                    && bytes.getByte(i - 3) == '\r') {
                return i - 3;
            }
        }
        return -1;
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                throw new BadRequestException("not a header line");
            }
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        return headers;
    }

    private static int bodyLength(Map<String, String> headers) {
        String length = headers.get("content-length");
        if (headers.containsKey("transfer-encoding")) {
            throw new BadRequestException("a body without Content-Length");
        }
        if (length == null) {
            return 0;
        }
        try {
            int bytes = Integer.parseInt(length);
            if (bytes >= 0 && bytes <= MAX_BODY) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            throw new BadRequestException("Content-Length is not a number");
        }
        throw new BadRequestException("a body of " + length + " bytes");
    }
}
