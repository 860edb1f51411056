package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.IDLE;
import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.testing.Mosquitto;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Printers with faulty TLS. */
final class BrokenTls {
    private static final String PASSWORD = "changeit";

    private BrokenTls() {}

    /** @param folder for their certificates, which the JDK's keytool makes */
    static List<HostileBehaviour> all(Path folder) {
        NetServerOptions ownSigned = certificate(folder.resolve("own.p12"), "127.0.0.1", "-1d");
        NetServerOptions expired = certificate(folder.resolve("expired.p12"), "127.0.0.1", "-30d");
        NetServerOptions otherHost = certificate(folder.resolve("other.p12"), "192.0.2.1", "-1d");
        String otherPin = "sha256:" + "ab".repeat(32);
        return List.of(
                offline("tls", "shows a certificate that nobody vouches for", encrypted(ownSigned)),
                offline("tls", "shows an expired certificate", encrypted(expired)),
                offline("tls", "shows the certificate of another host", encrypted(otherHost)),
                offline("tls", "shows another certificate than the registered one", pinned(ownSigned, otherPin)),
                offline(
                        "tls",
                        "speaks plainly where encryption is expected",
                        SocketFaults.raw(
                                SocketFaults.PLAIN,
                                "https",
                                socket -> {},
                                socket -> SocketFaults.write(socket, HostileAnswers.json(IDLE)))),
                offline(
                        "tls",
                        "hangs up during the handshake",
                        SocketFaults.raw(SocketFaults.PLAIN, "https", socket -> {}, socket -> socket.close())),
                offline(
                        "timeout",
                        "stalls during the handshake",
                        SocketFaults.raw(SocketFaults.PLAIN, "https", socket -> {}, socket -> {})),
                offline(
                        "unreadable",
                        "responds with TLS to plain HTTP",
                        SocketFaults.on(ownSigned, "http", (socket, request, n) -> {})));
    }

    private static Function<Vertx, Endpoint> encrypted(NetServerOptions options) {
        return SocketFaults.on(
                options, "https", (socket, request, n) -> SocketFaults.write(socket, HostileAnswers.json(IDLE)));
    }

    private static Function<Vertx, Endpoint> pinned(NetServerOptions options, String fingerprint) {
        JsonObject tls = new JsonObject().put("tls", new JsonObject().put("fingerprint", fingerprint));
        return SocketFaults.registeredWith(tls, encrypted(options));
    }

    private static NetServerOptions certificate(Path file, String host, String start) {
        Mosquitto.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "untrusted",
                "-keyalg",
                "EC",
                "-dname",
                "CN=untrusted",
                "-ext",
                "san=ip:" + host,
                "-startdate",
                start,
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        return new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(file.toString()).setPassword(PASSWORD));
    }
}
