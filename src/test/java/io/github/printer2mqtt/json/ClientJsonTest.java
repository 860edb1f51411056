package io.github.printer2mqtt.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.json.ClientJson.InvalidJsonException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientJsonTest {
    @Test
    void everyTypeOfValueIsRead() {
        JsonObject read = (JsonObject) read("\uFEFF{\"a\":[1,2.5,\"é\",true,null],\"b\":{\"a\":false}}");

        assertThat(read)
                .isEqualTo(new JsonObject()
                        .put("a", JsonArray.of(1, 2.5, "é", true, null))
                        .put("b", new JsonObject().put("a", false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} // yes|JSON has no comments (line 1, column 9)",
                "{/* no */\"a\":1}|found \"/\"; JSON has no comments (line 1, column 2)",
                "{# no\"a\":1}|found \"#\"; JSON has no comments (line 1, column 2)",
                "{\"a\":1,\"a\":2}|found the key \"a\" twice in one object (line 1, column 8)",
                "{\"x\":{\"a\":1,\"\\u0061\":2}}|found the key \"a\" twice in one object (line 1, column 13)",
                "{\"a\":1,}|a comma left over or quotes missing (line 1, column 8)",
                "{'canary':1}|found a single quote; JSON has double quotes (line 1, column 2)",
                "{\"a\":canary}|found a syntax error before",
                "{\"a\":NaN}|found a syntax error before",
                "{} {}|found content after the end (line 1, column 4)",
                "{\"a\":\"|found the end of the text (line 1",
                "''|found no content"
            },
            quoteCharacter = '~')
    void invalidJsonIsReportedWithItsPosition(String document, String message) {
        assertThatThrownBy(() -> read(document.equals("''") ? "" : document))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("canary");
    }

    @Test
    void deepNestingAndInvalidUtf8AreRejected() {
        assertThatThrownBy(() -> read("[".repeat(5000)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("64 levels");
        assertThatThrownBy(() -> ClientJson.read("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("found bytes that are not UTF-8");
    }

    private static Object read(String document) {
        return Objects.requireNonNull(ClientJson.read(document.getBytes(StandardCharsets.UTF_8)));
    }
}
