package io.github.printer2mqtt;

import io.github.printer2mqtt.testing.OpenSsl;
import io.github.printer2mqtt.testing.PeerProcess;
import io.github.printer2mqtt.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The proxies of docs/reverse-proxies.md as https://farm.example, with the configurations written there. Only ports, paths of files
 * and what needs the folders of the system are replaced.
 *
 * @param folder for configurations, the certificate and logs
 * @param port where the proxy listens
 */
record DocumentedProxies(Path folder, int port) {
    private static final MarkdownDocument DOCUMENT = MarkdownDocument.of(Path.of("docs", "reverse-proxies.md"));

    /** The first block of code of a language in a chapter. */
    static String snippet(String heading, String language) {
        return MarkdownDocument.found(
                        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL), DOCUMENT.chapter(heading))
                .get(0);
    }

    void createCertificate() {
        new OpenSsl(folder)
                .run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                        + " -subj /CN=farm.example -addext subjectAltName=DNS:farm.example"
                        + " -keyout farm.key -out farm.pem");
    }

    Path certificate() {
        return folder.resolve("farm.pem");
    }

    private Path key() {
        return folder.resolve("farm.key");
    }

    /**
     * Starts a proxy in front of a bridge.
     *
     * @param name caddy, nginx or traefik
     */
    PeerProcess start(String name, int bridge) throws IOException {
        return switch (name) {
            case "caddy" -> caddy(bridge);
            case "nginx" -> nginx(nginxServer(bridge));
            case "traefik" -> traefik(bridge);
            default -> throw new AssertionError(name);
        };
    }

    /**
     * Starts nginx with the lines for a login at the proxy.
     *
     * @param authority the port of the service that knows users
     * @param users a server block that answers there
     */
    PeerProcess startNginxWithLogin(int bridge, int authority, String users) throws IOException {
        String lines = snippet("## Login at the proxy", "nginx");
        String auth = "location = /auth { internal; proxy_pass http://127.0.0.1:" + authority + "; }\n  location ~";
        return nginx(users
                + nginxServer(bridge)
                        .replace("client_max_body_size", lines + "    client_max_body_size")
                        .replace("location ~", auth));
    }

    private String nginxServer(int bridge) {
        return snippet("## nginx", "nginx")
                .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
                .replace("/etc/ssl/certs/farm.pem", certificate().toString())
                .replace("/etc/ssl/private/farm.key", key().toString())
                .replace("127.0.0.1:8080", "127.0.0.1:" + bridge);
    }

    private PeerProcess nginx(String servers) throws IOException {
        StringBuilder temporary = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append(";\n");
        }
        Path file = Files.writeString(
                folder.resolve("nginx.conf"),
                "user root;\ndaemon off;\nmaster_process off;\npid " + folder.resolve("nginx.pid")
                        + ";\nevents {}\nhttp {\naccess_log off;\n" + temporary + servers + "}\n");
        return PeerProcess.start(
                folder.resolve("nginx.log"),
                List.of(Peers.program("nginx").toString(), "-e", "stderr", "-c", file.toString()));
    }

    private PeerProcess caddy(int bridge) throws IOException {
        String site = snippet("## Caddy", "caddyfile")
                .replace(
                        "farm.example {",
                        "farm.example:" + port + " {\n  bind 127.0.0.1\n  tls " + certificate() + " " + key())
                .replace("127.0.0.1:8080", "127.0.0.1:" + bridge);
        Path file = Files.writeString(
                folder.resolve("Caddyfile"), "{\n  admin off\n  auto_https disable_redirects\n}\n" + site);
        String own = folder.toString();
        return PeerProcess.start(
                folder.resolve("caddy.log"),
                List.of(
                        Peers.program("env").toString(),
                        "XDG_DATA_HOME=" + own,
                        "XDG_CONFIG_HOME=" + own,
                        Peers.program("caddy").toString(),
                        "run",
                        "--adapter",
                        "caddyfile",
                        "--config",
                        file.toString()));
    }

    private PeerProcess traefik(int bridge) throws IOException {
        Path files = Files.createDirectory(folder.resolve("traefik"));
        Files.writeString(
                files.resolve("printers.yml"),
                snippet("## Traefik", "yaml").replace("127.0.0.1:8080", "127.0.0.1:" + bridge));
        Files.writeString(
                files.resolve("certificate.yml"),
                "tls:\n  certificates:\n    - certFile: " + certificate() + "\n      keyFile: " + key() + "\n");
        return PeerProcess.start(
                folder.resolve("traefik.log"),
                List.of(
                        Peers.program("traefik", "PRINTER2MQTT_TRAEFIK").toString(),
                        "--global.checkNewVersion=false",
                        "--global.sendAnonymousUsage=false",
                        "--entryPoints.websecure.address=127.0.0.1:" + port,
                        "--providers.file.directory=" + files));
    }
}
