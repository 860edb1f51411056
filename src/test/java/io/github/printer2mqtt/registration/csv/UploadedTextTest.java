package io.github.printer2mqtt.registration.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.registration.RegistrationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadedTextTest {
    private static final String TABLE = "name,driver\nS\u00fcd \u20ac,octoprint\n";

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "UTF-8", "utf-16"})
    void declaredCharsetIsUsed(String charset) {
        assertThat(UploadedText.decode(TABLE.getBytes(Charset.forName(charset)), charset))
                .isEqualTo(TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkSelectsTheCharset(String charset) {
        assertThat(UploadedText.decode(("\ufeff" + TABLE).getBytes(Charset.forName(charset)), null))
                .isEqualTo(TABLE);
    }

    @Test
    void utf8IsTheDefault() {
        assertThat(UploadedText.decode(TABLE.getBytes(StandardCharsets.UTF_8), null))
                .isEqualTo(TABLE);
        assertThat(UploadedText.decode(new byte[0], null)).isEmpty();
    }

    @Test
    void invalidCharacterIsReportedWithItsLine() {
        byte[] latin = "name\nplain\nS\u00fcd\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> UploadedText.decode(latin, null))
                .isInstanceOfSatisfying(
                        RegistrationException.class,
                        error -> assertThat(error.field()).isEqualTo("line 3"))
                .hasMessage(
                        "found a character that is not UTF-8; save the file as UTF-8 or declare its charset, for example"
                                + " Content-Type: text/csv; charset=windows-1252");
        byte[] cut = {'n', (byte) 0xc3};
        assertThatThrownBy(() -> UploadedText.decode(cut, null)).hasMessageContaining("not UTF-8");
    }

    @Test
    void unknownCharsetIsRefused() {
        assertThatThrownBy(() -> UploadedText.decode(new byte[0], "klingon"))
                .hasMessage(
                        "found the charset \"klingon\", which is unknown; expected a name such as UTF-8 or windows-1252");
        assertThatThrownBy(() -> UploadedText.decode(new byte[0], "?")).hasMessageContaining("found the charset");
    }
}
