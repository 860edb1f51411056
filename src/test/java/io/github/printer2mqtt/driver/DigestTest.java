package io.github.printer2mqtt.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.text.Secret;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String PI_NONCE = "d6c79497c215bacfd16e4252c8ec5b212381c301380ca437b72d6afe31e29565";
    private static final String PI_CNONCE = "NmFiMzgyYWRjMjc2MDJkYmM3ZjZhMzRiNTkzODgyZjE=";

    @Test
    void usesRfc2069ForTheFirmware() {
        DigestChallenge challenge = parsed("Digest realm=\"Printer API\", nonce=\"aaaaaaaa000003e9\", stale=false");

        String header = new DigestAuthorization(challenge, "maker", Secret.of("abCD2345efGH678"), "unused")
                .header("GET", "/api/v1/status");

        assertThat(header)
                .isEqualTo("Digest username=\"maker\", realm=\"Printer API\", nonce=\"aaaaaaaa000003e9\", "
                        + "uri=\"/api/v1/status\", response=\"d9af092722a451b0678f783a01b1f075\"");
    }

    @Test
    void usesMd5SessForTheRaspberryPi() {
        DigestChallenge challenge = parsed("Digest realm=\"Administrator\",qop=\"auth\",algorithm=\"MD5-sess\",nonce=\""
                + PI_NONCE + "\",opaque=\"49960de5880e8c68\"");
        DigestAuthorization authorization =
                new DigestAuthorization(challenge, "maker", Secret.of("secret12"), PI_CNONCE);

        assertThat(authorization.header("GET", "/api/v1/status"))
                .isEqualTo("Digest username=\"maker\", realm=\"Administrator\", nonce=\"" + PI_NONCE
                        + "\", uri=\"/api/v1/status\", cnonce=\"" + PI_CNONCE + "\", nc=00000001, qop=auth, "
                        + "response=\"8912771cf0ba9e5c2e5d7f6487953af2\", opaque=\"49960de5880e8c68\", "
                        + "algorithm=MD5-sess");
        assertThat(authorization.header("GET", "/api/v1/status"))
                .contains("nc=00000002")
                .doesNotContain("8912771cf0ba9e5c2e5d7f6487953af2");
    }

    /** The example of RFC 2617, section 3.5. */
    @Test
    void matchesTheExampleOfTheStandard() {
        DigestChallenge challenge = parsed("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", "
                + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        String header = new DigestAuthorization(challenge, "Mufasa", Secret.of("Circle Of Life"), "0a4f113b")
                .header("GET", "/dir/index.html");

        assertThat(header)
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .contains("qop=auth,");
    }

    @Test
    void quotesTheUserName() {
        DigestChallenge challenge = parsed("Digest realm=\"r\", nonce=\"n\"");

        assertThat(new DigestAuthorization(challenge, "a\"b\\c", Secret.of("p"), "c").header("GET", "/"))
                .startsWith("Digest username=\"a\\\"b\\\\c\", realm=\"r\"");
    }

    @Test
    void keepsCommasAndEscapesInQuotedStrings() {
        DigestChallenge challenge = parsed("digest REALM=\"a, \\\"b\\\", nonce=no\",nonce=n0nce,stale=TRUE,qop=auth");

        assertThat(challenge).isEqualTo(new DigestChallenge("a, \"b\", nonce=no", "n0nce", null, true, null, true));
    }

    @Test
    void findsTheDigestAmongOtherChallenges() {
        DigestChallenge challenge = DigestChallenge.in(
                List.of("Basic realm=\"x\"", "ApiKey realm=\"y\", Digest realm=\"z\", nonce=\"1\", algorithm=md5"));

        assertThat(challenge).isEqualTo(new DigestChallenge("z", "1", "md5", false, null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest ",
                "Basic realm=\"Digest realm\"",
                "ApiKey realm=\"Printer API\"",
                "Digest realm=\"no nonce\"",
                "Digest nonce=\"no realm\"",
                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256",
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"never closed, nonce=\"n\"",
                "Digest ,,,,=,=\"\""
            })
    void ignoresUnsupportedChallenges(String header) {
        assertThat(DigestChallenge.in(List.of(header))).isNull();
    }

    @Test
    void readsAHugeHeaderQuickly() {
        String quotes = "\\\"".repeat(4000);
        assertThat(DigestChallenge.in(List.of("Digest realm=\"" + quotes))).isNull();
        assertThat(DigestChallenge.in(List.of("Digest " + ",".repeat(8000)))).isNull();
    }

    private static DigestChallenge parsed(String header) {
        return Objects.requireNonNull(DigestChallenge.in(List.of(header)));
    }
}
