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

/** Decodes an uploaded CSV file: by its declared charset, else by its byte order mark, else as UTF-8. */
public final class UploadedText {
    private UploadedText() {}

    /**
     * The text without a byte order mark.
     *
     * @param charset as declared by the client; null if not declared
     * @throws RegistrationException if the charset is unknown, or for the first line that is invalid in it
     */
    public static String decode(byte[] bytes, @Nullable String charset) {
        Charset used = charset == null ? byByteOrderMark(bytes) : byName(charset);
        // In no charset of the JDK do n bytes decode to more than n characters.
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = used.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        if (!result.isError()) {
            result = decoder.flush(text);
        }
        String decoded = text.flip().toString();
        if (result.isError()) {
            throw RegistrationCsv.errorAt(
                    1 + (int) decoded.chars().filter(each -> each == '\n').count(),
                    "found a character that is not " + used.name()
                            + "; save the file as UTF-8 or declare its charset, for example Content-Type: text/csv;"
                            + " charset=windows-1252");
        }
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private static Charset byName(String charset) {
        try {
            return Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new RegistrationException(
                    Code.INVALID_FIELD,
                    null,
                    "found the charset " + QuotedText.of(charset)
                            + ", which is unknown; expected a name such as UTF-8 or windows-1252");
        }
    }

    private static Charset byByteOrderMark(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }
}
