package io.github.printer2mqtt.registration.csv;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.text.QuotedText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** The text of a table that came as bytes: in the declared charset, else by its byte order mark, else UTF-8. Pure. */
public final class UploadedText {
    private UploadedText() {}

    /**
     * The text without a byte order mark.
     *
     * @param charset its declared name; null if none was declared
     * @throws RegistrationException if the charset is unknown, or with the first line that is not of it
     */
    public static String decode(byte[] bytes, @Nullable String charset) {
        Charset known = charset == null ? marked(bytes) : named(charset);
        // A text of n bytes has at most n characters in every charset that the JDK decodes.
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = known.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        if (!result.isError()) {
            result = decoder.flush(text);
        }
        String read = text.flip().toString();
        if (result.isError()) {
            throw RegistrationCsv.problem(
                    1 + (int) read.chars().filter(each -> each == '\n').count(),
                    "found a character that is not " + known.name()
                            + ", expected UTF-8 or a declared charset: Content-Type: text/csv; charset=windows-1252");
        }
        return read.startsWith("\uFEFF") ? read.substring(1) : read;
    }

    private static Charset named(String charset) {
        try {
            return Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new RegistrationException(
                    Code.INVALID_FIELD,
                    null,
                    "found the charset " + QuotedText.of(charset) + ", expected one such as UTF-8");
        }
    }

    private static Charset marked(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }
}
