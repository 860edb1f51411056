package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.OpenSsl;
import io.github.printer2mqtt.testing.ServerKeyPair;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API with a certificate of the user, on real sockets. */
@Timeout(60)
class TlsTest {
    @TempDir
    private Path folder;

    private ServerKeyPair pair = new ServerKeyPair(Path.of("none"), Path.of("none"));

    @BeforeEach
    void create() {
        pair = ServerKeyPair.in(folder);
    }

    @Test
    void servesHttpsAndNothingElse() throws Exception {
        try (RunningApi api = RunningApi.start(config());
                SSLSocket client = TlsClient.connect(api)) {
            assertThat(TlsClient.get(client, "/api/printers", "")).startsWith("HTTP/1.1 200 ");
            assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(client.getApplicationProtocol()).isEmpty();

            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                plain.setSoTimeout(30_000);
                TlsClient.send(plain, "GET /api/printers HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("HTTP");
            }
        }
    }

    @Test
    void cookieOfASessionIsSecure() throws Exception {
        BridgeConfig.Http plain = config();
        BridgeConfig.Http withToken = new BridgeConfig.Http(
                plain.host(),
                0,
                Secret.of(RunningApi.TOKEN),
                List.of(),
                List.of(),
                plain.pathPrefix(),
                plain.tls(),
                ProxyConfig.none());
        try (RunningApi api = RunningApi.start(withToken);
                SSLSocket client = TlsClient.connect(api)) {
            String token = "Authorization: Bearer " + RunningApi.TOKEN + "\r\n";
            JsonObject user = new JsonObject().put("password", RunningApi.PASSWORD);
            assertThat(TlsClient.exchange(
                            client,
                            "POST /api/users",
                            token,
                            user.copy().put("name", "anna").put("role", "admin").encode()))
                    .startsWith("HTTP/1.1 201 ");

            assertThat(TlsClient.exchange(
                            client,
                            "POST /api/login",
                            "",
                            user.copy().put("user", "anna").encode()))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("set-cookie: printer2mqtt_" + api.port() + "=")
                    .contains("; HttpOnly; SameSite=Strict; Secure\r\n");
        }
    }

    @Test
    void hostAndOriginAreCheckedAsWithoutTls() throws Exception {
        try (RunningApi api = RunningApi.start(config())) {
            String own = "127.0.0.1:" + api.port();
            assertThat(TlsClient.answer(api, "/api/printers", "Origin: https://" + own + "\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            for (String origin : List.of("https://evil.example", "http://" + own, "null")) {
                assertThat(TlsClient.answer(api, "/api/printers", "Origin: " + origin + "\r\n"))
                        .as(origin)
                        .startsWith("HTTP/1.1 403 ");
            }
            assertThat(TlsClient.answer(api, "https://" + own + "/api/printers", ""))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(TlsClient.answer(api, "https://evil.example/api/printers", ""))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void renewedCertificateIsUsedWithoutARestart() throws Exception {
        try (RunningApi api = RunningApi.start(config());
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.http");
                SSLSocket before = TlsClient.connect(api)) {
            assertThat(TlsClient.get(before, "/health/live", "")).startsWith("HTTP/1.1 200 ");

            X509Certificate renewed = pair.renew(Duration.ofDays(3));
            api.checkCertificate();
            assertThat(presented(api)).isNotEqualTo(renewed);
            checkCertificate(api, 2);

            assertThat(presented(api)).isEqualTo(renewed);
            assertThat(TlsClient.get(before, "/health/live", "")).startsWith("HTTP/1.1 200 ");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void pairThatIsBrokenDoesNotReplaceTheOneInUse() throws Exception {
        try (RunningApi api = RunningApi.start(config());
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.http")) {
            X509Certificate first = presented(api);

            byte[] oldKey = Files.readAllBytes(pair.key());
            pair.renew(Duration.ofDays(3));
            byte[] newKey = Files.readAllBytes(pair.key());
            Files.write(pair.key(), oldKey);
            checkCertificate(api, 4);
            assertThat(log.lines())
                    .containsExactly("http.tls.key: found a key in \"" + pair.key()
                            + "\" that does not belong to the certificate in \"" + pair.certificate()
                            + "\", expected its private key; the certificate in use stays");
            Files.delete(pair.key());
            checkCertificate(api, 4);
            assertThat(log.lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("http.tls.key: found \"" + pair.key()
                            + "\", expected a readable PEM file; the certificate in use stays");
            assertThat(presented(api)).isEqualTo(first);

            Files.write(pair.key(), newKey);
            checkCertificate(api, 2);
            assertThat(presented(api)).isNotEqualTo(first);
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void expiredCertificateIsServedWithAWarning() throws Exception {
        X509Certificate expired = pair.renew(Duration.ofDays(-1));
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt.http");
                RunningApi api = RunningApi.start(config())) {
            checkCertificate(api, 3);

            assertThat(presented(api)).isEqualTo(expired);
            assertThat(log.lines())
                    .containsExactly("http.tls.certificate: the certificate expired on "
                            + expired.getNotAfter().toInstant()
                            + ", and clients refuse it; renew it, and it is used without a restart");
        }
    }

    @Test
    void startFailsWithoutAUsablePair() throws IOException {
        byte[] otherKey = Files.readAllBytes(pair.key());
        pair.renew(Duration.ofDays(1));
        Files.write(pair.key(), otherKey);
        assertStartFails("http.tls.key: found a key in \"" + pair.key() + "\" that does not belong to the certificate");
        Files.writeString(pair.key(), "canary");
        assertStartFails("http.tls.key: found no key in \"" + pair.key() + "\", expected a PEM file with one");
        Files.writeString(pair.certificate(), "canary");
        assertStartFails("http.tls.certificate: found no certificate in \"" + pair.certificate()
                + "\", expected a PEM file with one");
        Files.delete(pair.certificate());
        assertStartFails("http.tls.certificate: found \"" + pair.certificate() + "\", expected a readable PEM file");
    }

    /** Further kinds of keys are read in the same way; PrivateKeyFileTest has them. */
    @ParameterizedTest
    @ValueSource(strings = {"EC -pkeyopt ec_paramgen_curve:P-256", "ED25519"})
    void encryptedKeyIsServed(String algorithm) throws Exception {
        OpenSsl openssl = OpenSsl.in(folder);
        openssl.write("phrase", "canary");
        openssl.key("plain", "genpkey -algorithm " + algorithm);
        openssl.key("server", "pkcs8 -topk8 -v2 aes-256-cbc -passout file:phrase -in plain.key");
        openssl.run("req -x509 -days 9 -subj /CN=farm -key plain.key -out server.pem");

        assertStartFails("http.tls.key: found an encrypted key in \"" + pair.key()
                + "\", expected its password in http.tls.key_password");
        try (RunningApi api = RunningApi.start(config(Secret.of("canary")))) {
            assertThat(TlsClient.answer(api, "/api/printers", "")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void clientThatDoesNotCompleteTheHandshakeIsDisconnected() throws Exception {
        try (RunningApi api = RunningApi.start(config());
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), api.port());
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            silent.setSoTimeout(30_000);
            slow.setSoTimeout(30_000);
            // The first bytes of a record with a ClientHello of 512 bytes.
            slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});

            assertThat(presented(api)).isNotNull();
            assertThat(silent.getInputStream().readAllBytes()).isEmpty();
            assertThat(slow.getInputStream().readAllBytes()).hasSizeLessThan(50);
        }
    }

    @Test
    void slowHeadIsLimitedAsWithoutTls() throws Exception {
        ClientLimits limits = new ClientLimits(
                Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(30), 100, 100, 1 << 20);
        try (RunningApi api = RunningApi.start(config(), limits);
                SSLSocket client = TlsClient.connect(api)) {
            client.setSoTimeout(30_000);
            TlsClient.send(client, "GET /api/printers HTTP/1.1\r\nHo");
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private BridgeConfig.Http config() {
        return config(null);
    }

    private BridgeConfig.Http config(@Nullable Secret keyPassword) {
        return new BridgeConfig.Http(
                "127.0.0.1",
                0,
                null,
                List.of(),
                List.of(),
                null,
                new BridgeConfig.Http.Tls(
                        pair.certificate().toString(), pair.key().toString(), keyPassword),
                ProxyConfig.none());
    }

    private void assertStartFails(String message) {
        assertThatThrownBy(() -> RunningApi.start(config()).close())
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("canary");
    }

    private static void checkCertificate(RunningApi api, int times) {
        for (int i = 0; i < times; i++) {
            api.checkCertificate();
        }
    }

    private static X509Certificate presented(RunningApi api) throws Exception {
        try (SSLSocket client = TlsClient.connect(api)) {
            return (X509Certificate) client.getSession().getPeerCertificates()[0];
        }
    }
}
