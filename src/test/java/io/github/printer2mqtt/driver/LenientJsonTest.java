package io.github.printer2mqtt.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":null}",
                "{\"a\":{}}",
                "{\"a\":[1]}",
                "{\"a\":true}",
                "{\"a\":\"\"}",
                "{\"a\":\"  \"}",
                "{\"a\":{\"b\":{\"c\":1}}}"
            })
    void returnsNullForMissingValues(String text) {
        LenientJson json = LenientJson.of(new JsonObject(text));

        assertThat(json.number("a")).isNull();
        assertThat(json.whole("a")).isNull();
        assertThat(json.integer("a")).isNull();
        assertThat(json.text("a")).isNull();
        assertThat(json.number("a", "b")).isNull();
        assertThat(json.text("a", "x", "y", "z")).isNull();
        assertThat(json.isFalse("a")).isFalse();
    }

    @Test
    void doesNotConvertBetweenStringsAndNumbers() {
        LenientJson json = LenientJson.of(new JsonObject("{\"n\":5,\"t\":\"5\"}"));

        assertThat(json.number("t")).isNull();
        assertThat(json.text("n")).isNull();
        assertThat(json.number("n")).isEqualTo(5.0);
        assertThat(json.text("t")).isEqualTo("5");
    }

    @Test
    void returnsNullForNumbersOutOfRange() {
        LenientJson json = LenientJson.of(new JsonObject("{\"double\":1e999,\"long\":1e30,\"int\":3000000000,\"big\":"
                + "9".repeat(400) + ",\"fraction\":7.9}"));

        assertThat(json.number("double")).isNull();
        assertThat(json.number("big")).isNull();
        assertThat(json.whole("long")).isNull();
        assertThat(json.integer("int")).isNull();
        assertThat(json.whole("int")).isEqualTo(3_000_000_000L);
        assertThat(json.integer("fraction")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[1]", "5", "null", "{\"a\":"})
    void returnsEmptyForABodyThatIsNoObject(String body) {
        assertThat(LenientJson.ofBody(response(body)).isObject()).isFalse();
    }

    @Test
    void returnsEmptyForDeepNesting() {
        assertThat(LenientJson.ofBody(response("{\"a\":".repeat(100_000))).isObject())
                .isFalse();
        assertThat(nested(64).isObject()).isFalse();
        assertThat(nested(63).at("a").isArray()).isTrue();
    }

    private static LenientJson nested(int arrays) {
        return LenientJson.ofBody(response("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nan",
                "NAN",
                "-nan",
                "+NaN",
                "inf",
                "-inf",
                "INF",
                "Infinity",
                "-infinity",
                "nan(ind)",
                "-NaN(IND)",
                "nan(snan)",
                "nan(0x7ff8)",
                "-1.#IND",
                "1.#QNAN00",
                "1.#INF",
                "NaNQ"
            })
    void readsNotANumberAsNull(String none) {
        LenientJson json = LenientJson.ofBody(response(
                "{\"a\":" + none + ",\"b\":[" + none + " ," + none + ",7],\"t\":\"x " + none + ", \",\"c\":5}"));

        assertThat(json.number("a")).isNull();
        assertThat(json.at("b").isArray()).isTrue();
        assertThat(json.text("t")).isEqualTo("x " + none + ", ");
        assertThat(json.number("c")).isEqualTo(5.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nano", "infinite", "nil", "na", "in", "1.#", "undefined", "nan nan", "nan(", "5nan"})
    void rejectsOtherBareWords(String word) {
        assertThat(LenientJson.ofBody(response("{\"a\":" + word + ",\"c\":5}")).isObject())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"t\":\",]x,,}\\\\\",},\"b\":[1,2,3,],\"c\":5,}",
                "{,\"a\":{ , \"t\":\",]x,,}\\\\\" , , },,\"b\":[,1,,2 , ,\n3,,],\"c\":5,,,}",
                "{\"e\":{,,,},\"f\":[,,],\"a\":{\"t\":\",]x,,}\\\\\"},\"b\":[1,2,3],\"c\":5}"
            })
    void dropsStrayCommasOutsideStrings(String text) {
        PrinterResponse response = response(text);
        LenientJson json = LenientJson.ofBody(response);

        assertThat(json.text("a", "t")).isEqualTo(",]x,,}\\");
        assertThat(response.json().getJsonArray("b")).isEqualTo(JsonArray.of(1L, 2L, 3L));
        assertThat(json.number("c")).isEqualTo(5.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":,\"c\":5}", ",{\"c\":5}", "{\"c\":5},", "{\"a\" \"c\":5}", "{\"c\":5", "{\"c\":\"5"})
    void doesNotInventMissingValues(String text) {
        assertThat(LenientJson.ofBody(response(text)).isObject()).isFalse();
    }

    @Test
    void readsAMillionStrayCommasQuickly() {
        LenientJson json = LenientJson.ofBody(response("{\"a\":{" + ",".repeat(1_000_000) + "},\"c\":5}"));

        assertThat(json.number("c")).isEqualTo(5.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "1e999", "1e-99999999999", "-1e999999"})
    void keepsOtherValuesBesideNotANumber(String nonsense) {
        LenientJson json = LenientJson.ofBody(response("{\"a\":" + nonsense + ",\"b\":[" + nonsense + "],\"c\":5}"));

        assertThat(json.number("c")).isEqualTo(5.0);
        assertThat(json.number("a")).isIn(null, 0.0);
    }

    @Test
    void readsANumberOfAMillionDigitsQuickly() {
        String digits = "9".repeat(1_000_000);
        LenientJson json = LenientJson.ofBody(response("{\"a\":" + digits + ",\"b\":0." + digits + ",\"c\":5}"));

        assertThat(json.number("a")).isNull();
        assertThat(json.number("b")).isNull();
        assertThat(json.number("c")).isEqualTo(5.0);
    }

    @Test
    void rejectsTooManyValues() {
        PrinterResponse many = response("{\"a\":[" + "0,".repeat(100_000) + "0]}");

        assertThatThrownBy(many::json).isInstanceOf(PrinterException.class).hasMessageStartingWith("too_large");
    }

    @Test
    void toleratesInvalidUtf8AndControlCharacters() {
        byte[] start = "\uFEFF{\"a\":\"x".getBytes(StandardCharsets.UTF_8);
        Buffer body = Buffer.buffer(start)
                .appendByte((byte) 0xC3)
                .appendByte((byte) 0x28)
                .appendByte((byte) 0x1B)
                .appendString("\",\"c\":5}");
        LenientJson json = LenientJson.ofBody(new PrinterResponse(200, MultiMap.caseInsensitiveMultiMap(), body));

        assertThat(json.text("a")).isEqualTo("x\uFFFD(\u001B");
        assertThat(json.number("c")).isEqualTo(5.0);
    }

    @Test
    void usesTheLastOfDuplicateMembers() {
        assertThat(LenientJson.ofBody(response("{\"a\":1,\"a\":2}")).number("a"))
                .isEqualTo(2.0);
    }

    private static PrinterResponse response(String body) {
        return new PrinterResponse(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body));
    }
}
