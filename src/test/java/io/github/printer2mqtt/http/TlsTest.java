package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.ServerKeyPair;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
                SSLSocket client = connect(api)) {
            assertThat(get(client, "/api/printers", "")).startsWith("HTTP/1.1 200 ");
            assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(client.getApplicationProtocol()).isEmpty();

            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                plain.setSoTimeout(30_000);
                send(plain, "GET /api/printers HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("HTTP");
            }
        }
    }

    @Test
    void cookieOfASessionIsSecure() throws Exception {
        BridgeConfig.Http plain = config();
        BridgeConfig.Http withToken = new BridgeConfig.Http(
                plain.host(), 0, Secret.of(RunningApi.TOKEN), List.of(), List.of(), plain.pathPrefix(), plain.tls());
        try (RunningApi api = RunningApi.start(withToken);
                SSLSocket client = connect(api)) {
            String token = "Authorization: Bearer " + RunningApi.TOKEN + "\r\n";
            JsonObject user = new JsonObject().put("password", RunningApi.PASSWORD);
            assertThat(exchange(
                            client,
                            "POST /api/users",
                            token,
                            user.copy().put("name", "anna").put("role", "admin").encode()))
                    .startsWith("HTTP/1.1 201 ");

            assertThat(exchange(
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
            assertThat(answer(api, "/api/printers", "Origin: https://" + own + "\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            for (String origin : List.of("https://evil.example", "http://" + own, "null")) {
                assertThat(answer(api, "/api/printers", "Origin: " + origin + "\r\n"))
                        .as(origin)
                        .startsWith("HTTP/1.1 403 ");
            }
            assertThat(answer(api, "https://" + own + "/api/printers", "")).startsWith("HTTP/1.1 200 ");
            assertThat(answer(api, "https://evil.example/api/printers", "")).startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void renewedCertificateIsUsedWithoutARestart() throws Exception {
        try (RunningApi api = RunningApi.start(config());
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.http");
                SSLSocket before = connect(api)) {
            assertThat(get(before, "/health/live", "")).startsWith("HTTP/1.1 200 ");

            X509Certificate renewed = pair.renew(Duration.ofDays(3));
            api.checkCertificate();
            assertThat(presented(api)).isNotEqualTo(renewed);
            checkCertificate(api, 2);

            assertThat(presented(api)).isEqualTo(renewed);
            assertThat(get(before, "/health/live", "")).startsWith("HTTP/1.1 200 ");
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
        assertStartFails("http.tls.key: found no key in \"" + pair.key()
                + "\", expected a PEM file with one, without a password");
        Files.writeString(pair.certificate(), "canary");
        assertStartFails("http.tls.certificate: found no certificate in \"" + pair.certificate()
                + "\", expected a PEM file with one");
        Files.delete(pair.certificate());
        assertStartFails("http.tls.certificate: found \"" + pair.certificate() + "\", expected a readable PEM file");
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
                SSLSocket client = connect(api)) {
            client.setSoTimeout(30_000);
            send(client, "GET /api/printers HTTP/1.1\r\nHo");
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private BridgeConfig.Http config() {
        return new BridgeConfig.Http(
                "127.0.0.1",
                0,
                null,
                List.of(),
                List.of(),
                null,
                new BridgeConfig.Http.Tls(
                        pair.certificate().toString(), pair.key().toString()));
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
        try (SSLSocket client = connect(api)) {
            return (X509Certificate) client.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket connect(RunningApi api) throws IOException, GeneralSecurityException {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {PinnedTrustManager.any()}, null);
        SSLSocket socket = (SSLSocket) any.getSocketFactory().createSocket("127.0.0.1", api.port());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static String answer(RunningApi api, String target, String headers) throws Exception {
        try (SSLSocket client = connect(api)) {
            return get(client, target, headers);
        }
    }

    private static String get(SSLSocket client, String target, String headers) throws IOException {
        return exchange(client, "GET " + target, headers, "");
    }

    /** The head of the response; its body is read. */
    private static String exchange(SSLSocket client, String line, String headers, String json) throws IOException {
        String content =
                json.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
        String host = "Host: 127.0.0.1:" + client.getPort() + "\r\n";
        send(client, line + " HTTP/1.1\r\n" + host + headers + content + "\r\n" + json);
        StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0) {
            read(client, response);
        }
        int body = response.indexOf("\r\n\r\n") + 4;
        int at = response.indexOf("content-length: ") + 16;
        int length = Integer.parseInt(response.substring(at, response.indexOf("\r\n", at)));
        while (response.length() < body + length) {
            read(client, response);
        }
        return response.substring(0, body);
    }

    private static void read(Socket client, StringBuilder into) throws IOException {
        int next = client.getInputStream().read();
        if (next < 0) {
            throw new IOException("closed after: " + into);
        }
        into.append((char) next);
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }
}
