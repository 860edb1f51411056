package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.message.ContentEncoding;
import io.github.printer2mqtt.http.message.FieldElement;
import io.github.printer2mqtt.http.message.IfNoneMatch;
import io.github.printer2mqtt.http.message.MediaTypes;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request headers are parsed by RFC 9110: lists, several lines, any case, parameters, quoted strings. */
class ClientHeadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "*                    | true",
                "\"own\"              | true",
                "W/\"own\"            | true",
                "\"a\", ,\"own\"      | true",
                "\"a,b\",W/\"own\"    | true",
                "\"a\\\", \"own\"     | true",
                "\"a,*,b\"            | false",
                "\"other\", *         | false",
                "own                  | false",
                "\"OWN\"              | false"
            })
    void entityTagIsFoundInTheList(String header, boolean expected) {
        assertThat(new IfNoneMatch(List.of(header)).matches("\"own\"")).isEqualTo(expected);
    }

    @Test
    void entityTagIsFoundInEveryLine() {
        assertThat(new IfNoneMatch(List.of("\"a\"", "\"own\"")).matches("\"own\""))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | IDENTITY",
                "'' | IDENTITY",
                "gzip | GZIP",
                "GZIP, br | GZIP",
                "br, *;q=0.1 | GZIP",
                "gzip;q=0 | IDENTITY",
                "gzip; q=0.000, * | IDENTITY",
                "*;q=0 | IDENTITY",
                "identity | IDENTITY",
                "x-gzip-not | IDENTITY"
            })
    void encodingIsOneThatTheClientAccepts(@Nullable String accepted, ContentEncoding expected) {
        assertThat(ContentEncoding.negotiate(accepted == null ? List.of() : List.of(accepted)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip;q=0.1, identity | IDENTITY",
                "gzip, identity;q=0.5 | GZIP",
                "gzip;\tq=0           | IDENTITY",
                "x-gzip               | GZIP",
                "gzip;q=5             | IDENTITY",
                ", ,gzip              | GZIP"
            })
    void encodingWithTheHighestQualityIsChosen(String accepted, ContentEncoding expected) {
        assertThat(ContentEncoding.negotiate(List.of(accepted))).isEqualTo(expected);
    }

    @Test
    void encodingsOfSeveralLinesAreCombined() {
        assertThat(ContentEncoding.negotiate(List.of("br", "gzip"))).isEqualTo(ContentEncoding.GZIP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "text/csv                            | true",
                "Text/CSV;header=present             | true",
                "text/*                              | true",
                "application/json;q=0.5, text/csv    | true",
                "application/json, text/csv;q=0.1    | false",
                "text/csv;q=0, */*                   | false",
                "text/csvx                           | false",
                "*/*                                 | false"
            })
    void csvIsPreferredByQuality(String accept, boolean expected) {
        assertThat(new MediaTypes(List.of(accept)).prefers("text/csv", "application/json"))
                .isEqualTo(expected);
    }

    @Test
    void charsetIsUnquoted() {
        FieldElement type = FieldElement.parse("Text/CSV ; x=\"charset=a;b\"; CharSet=\"utf-8\"");

        assertThat(type.value()).isEqualTo("text/csv");
        assertThat(type.parameters()).containsEntry("charset", "utf-8").containsEntry("x", "charset=a;b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "identity, br"})
    void bodyWithContentEncodingIsRejected(String coding) {
        try (RunningApi api = RunningApi.start()) {
            HttpResponse<String> response = api.send("POST", "/api/printers", "{}", "Content-Encoding", coding);

            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(response.body()).contains("Content-Encoding");
        }
    }
}
