package io.github.printer2mqtt.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The web page as it was built into the resources, and the description of the API.
 *
 * @param index the document at the root
 * @param wall the document of wall screens
 * @param assets scripts, styles and the icon by name; a name changes with the content
 * @param description openapi.yaml
 */
record Dashboard(WebFile index, WebFile wall, Map<String, WebFile> assets, Buffer description) {
    private static final String ROOT = "/web/";

    /** Reads and compresses everything; blocks. Fails if the page was not built. */
    static Dashboard load() throws IOException {
        Map<String, WebFile> assets = new LinkedHashMap<>();
        String names = new String(read(ROOT + "assets.txt"), StandardCharsets.UTF_8);
        for (String name : names.lines().toList()) {
            assets.put(name, WebFile.of(contentType(name), read(ROOT + "assets/" + name)));
        }
        return new Dashboard(
                WebFile.of("text/html; charset=utf-8", read(ROOT + "index.html")),
                WebFile.of("text/html; charset=utf-8", read(ROOT + "wall.html")),
                Map.copyOf(assets),
                Buffer.buffer(read("/openapi.yaml")));
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream file = Dashboard.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(file, resource + " is not on the class path")
                    .readAllBytes();
        }
    }
}
