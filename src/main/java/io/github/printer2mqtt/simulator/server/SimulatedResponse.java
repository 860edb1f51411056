package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A response, down to its bytes.
 *
 * @param protocol {@code HTTP/1.1} or {@code HTTP/1.0}
 * @param reason the reason phrase
 * @param headers whole lines, without those for the body length
 * @param body empty for none
 * @param framing how the client finds the end of the body
 * @param close whether the connection closes after it
 */
public record SimulatedResponse(
        String protocol, int status, String reason, List<String> headers, Buffer body, Framing framing, boolean close) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** How a client finds the end of a body. */
    public enum Framing {
        LENGTH,
        /** One chunk with a size of four digits, as in Prusa's firmware. */
        CHUNKED,
        UNTIL_CLOSE,
        /** The body is all there is, in a protocol that is not HTTP. */
        NONE
    }

    public SimulatedResponse(int status, String reason, List<String> headers, Buffer body, boolean close) {
        this("HTTP/1.1", status, reason, headers, body, Framing.LENGTH, close);
    }

    /** A response of a protocol that is not HTTP. */
    public static SimulatedResponse raw(Buffer bytes) {
        return new SimulatedResponse("", 0, "", List.of(), bytes, Framing.NONE, false);
    }

    /** A picture as PNG. */
    public static SimulatedResponse png(Buffer picture, boolean close) {
        return new SimulatedResponse(200, "OK", List.of("Content-Type: image/png"), picture, close);
    }

    /** The head with its empty line. */
    private Buffer head() {
        StringBuilder head = new StringBuilder(256);
        head.append(protocol)
                .append(' ')
                .append(status)
                .append(' ')
                .append(reason)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (framing == Framing.LENGTH) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        } else if (framing == Framing.CHUNKED) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        return Buffer.buffer(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The whole response. */
    public Buffer bytes() {
        if (framing == Framing.NONE) {
            return body;
        }
        Buffer all = head();
        if (framing != Framing.CHUNKED) {
            return all.appendBuffer(body);
        }
        String size = HEX.toHexDigits((short) body.length()) + "\r\n";
        return all.appendString(size).appendBuffer(body).appendString("\r\n0\r\n\r\n");
    }
}
