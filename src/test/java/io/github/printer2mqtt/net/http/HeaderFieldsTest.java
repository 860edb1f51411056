package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields in every form that RFC 9110 allows. */
class HeaderFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String DIGEST = "Digest realm=\"Printer API\", nonce=\"41bf\", stale=false";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30|30",
                " 30 |30",
                "007|7",
                "0|0",
                "-5|0",
                "5.5|0",
                "soon|0",
                "1000000000000000000000|600",
                "Sat, 28 Nov 2026 12:00:40 GMT|40",
                "Saturday, 28-Nov-26 12:00:40 GMT|40",
                "Sat Nov 28 12:00:40 2026|40",
                "Sat, 28 Nov 2026 11:00:00 GMT|0",
                "Sat, 28 Nov 2056 11:00:00 GMT|600",
            })
    void readsRetryAfterAsSecondsAndDates(String value, long seconds) {
        assertThat(RetryAfter.of(answer(503, Map.of("retry-after", List.of(value))), NOW))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void comparesADateWithTheDateOfTheSameResponse() {
        PrinterResponse answer = answer(
                429,
                Map.of(
                        "date", List.of("Thu, 01 Jan 1970 00:10:00 GMT"),
                        "retry-after", List.of("Thu, 01 Jan 1970 00:10:15 GMT")));

        assertThat(RetryAfter.of(answer, NOW)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void usesTheFirstValidLine() {
        assertThat(RetryAfter.of(answer(503, Map.of("retry-after", List.of("later", "20", "30"))), NOW))
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(RetryAfter.of(answer(200, Map.of("retry-after", List.of("20"))), NOW))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DIGEST,
                "DIGEST realm=\"Printer API\",nonce=41bf",
                "Basic realm=\"a, Digest realm=b, nonce=c\", " + DIGEST,
                "Negotiate, , " + DIGEST + ", Basic realm=\"x\"",
                "Bearer abc123==, " + DIGEST,
                "digest  nonce = \"41bf\" , realm = \"Printer \\API\"",
            })
    void findsADigestChallengeAmongOthers(String line) {
        AuthChallenge digest = AuthChallenge.in(List.of(line)).stream()
                .filter(challenge -> challenge.scheme().equals("digest"))
                .findFirst()
                .orElseThrow();

        assertThat(digest.parameters()).containsEntry("realm", "Printer API").containsEntry("nonce", "41bf");
    }

    @Test
    void keepsTheOrderOfChallengesInSeveralLines() {
        assertThat(AuthChallenge.in(List.of("Basic realm=\"x\"", "", ",", DIGEST, "ApiKey realm=y")))
                .extracting(AuthChallenge::scheme)
                .containsExactly("basic", "digest", "apikey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "=", "\"", "a=\"", "Digest realm=\"never ends", "=x, =", "\\", "realm=\"x\""})
    void skipsInvalidChallenges(String line) {
        assertThat(AuthChallenge.in(List.of(line)))
                .allSatisfy(challenge -> assertThat(challenge.parameters()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", ", identity ,"})
    void readsAResponseWithoutEncoding(String coding) {
        assertThat(answer(200, Map.of("content-encoding", List.of(coding)))
                        .json()
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity, GZIP", "x-gzip;q=1"})
    void rejectsAnEncodedResponse(String coding) {
        for (String header : List.of("content-encoding", "transfer-encoding")) {
            PrinterResponse answer = answer(200, Map.of(header, List.of("identity", coding)));

            assertThatThrownBy(answer::json)
                    .hasMessageStartingWith("unreadable")
                    .hasMessageContaining("compressed");
        }
    }

    @Test
    void readsTheMediaTypeWithoutParameters() {
        assertThat(answer(200, Map.of("content-type", List.of("Text/HTML ; charset=\"utf-8\"")))
                        .mediaType())
                .isEqualTo("text/html");
        assertThat(answer(200, Map.of("content-type", List.of("text/html", "application/json")))
                        .mediaType())
                .isEmpty();
        assertThat(answer(200, Map.of()).mediaType()).isEmpty();
    }

    private static PrinterResponse answer(int status, Map<String, List<String>> headers) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(fields::add);
        return new PrinterResponse(status, fields, Buffer.buffer("{}"));
    }
}
