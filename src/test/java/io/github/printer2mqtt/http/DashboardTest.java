package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final int FIRST_LOAD = 40_000;
    private static final int ALL = 60_000;

    @Test
    void pagesNameTheirAssetsRelativelySoThatAnyPathPrefixWorks() {
        assertNamesItsAssetsRelatively("/");
        assertNamesItsAssetsRelatively("/wall");
    }

    private static void assertNamesItsAssetsRelatively(String path) {
        try (RunningApi api = RunningApi.startWithToken()) {
            // given a page of a bridge with a token
            HttpResponse<byte[]> page = api.getBytes(path);
            List<String> references = REFERENCE
                    .matcher(new String(page.body(), StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1))
                    .toList();

            // then a browser without the token gets it and each file that it names, relative to where it is
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(references).hasSizeGreaterThan(4).noneMatch(reference -> reference.startsWith("/"));
            assertThat(references.stream().filter(reference -> reference.startsWith("assets/")))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(reference -> assertThat(
                                    api.getBytes("/" + reference).statusCode())
                            .isEqualTo(200));
        }
    }

    /** 77 to 79: what printers and people write is text, and a script in it would not run. */
    @Test
    void pageContainsNoInlineScriptAndNoAddressOfAnotherMachine() throws IOException {
        Dashboard page = Dashboard.load();

        for (WebFile document : List.of(page.index(), page.wall())) {
            assertThat(text(document)).doesNotContain("<script>", "style=", "onload=", "http://", "https://");
        }
        page.assets().forEach((name, file) -> {
            if (name.endsWith(".js") || name.endsWith(".css")) {
                // Preact names the XML namespaces, and hints name documentation addresses; nothing is requested from
                // them.
                assertThat(text(file).replaceAll("https?://(www\\.w3\\.org/|192\\.0\\.2\\.|mainsail\\.local)", ""))
                        .as(name)
                        .doesNotContain("https://", "http://", "url(//");
            }
        });
    }

    @Test
    void pageIsSmall() throws IOException {
        Dashboard page = Dashboard.load();
        int index = page.index().compressed().length();
        String html = text(page.index());

        int first = index
                + page.assets().entrySet().stream()
                        .filter(asset -> html.contains(asset.getKey()))
                        .mapToInt(asset -> asset.getValue().compressed().length())
                        .sum();
        int all = index
                + page.wall().compressed().length()
                + page.assets().values().stream()
                        .mapToInt(asset -> asset.compressed().length())
                        .sum();

        assertThat(first).as("first load").isLessThanOrEqualTo(FIRST_LOAD);
        assertThat(all).as("all").isLessThanOrEqualTo(ALL);
    }

    @Test
    void assetsAreKeptForeverAndThePageIsRevalidated() throws IOException {
        try (RunningApi api = RunningApi.start()) {
            String script = nameOfScript();

            HttpResponse<byte[]> asset = api.getBytes("/assets/" + script, "Accept-Encoding", "gzip");
            HttpResponse<byte[]> page = api.getBytes("/");
            String tag = page.headers().firstValue("ETag").orElseThrow();

            assertThat(asset.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
            assertThat(asset.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
            assertThat(asset.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(asset.body())).readAllBytes())
                    .isEqualTo(api.getBytes("/assets/" + script).body());
            assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
            assertThat(api.getBytes("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(api.getBytes("/", "If-None-Match", tag, "Accept-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void wallTakesItsOptionsFromTheAddress() {
        try (RunningApi api = RunningApi.start()) {
            assertThat(api.getBytes("/wall?dim=22:00-06:30&theme=dark&lang=de").statusCode())
                    .isEqualTo(200);
        }
    }

    /** 94: a request with a path that leads elsewhere leaves the next one as it is. */
    @Test
    void unknownAssetsAreNotFound() throws IOException {
        try (RunningApi api = RunningApi.start()) {
            for (String name : List.of(
                    "gone-ABC.js",
                    "x%2F..%2Findex.html",
                    "..%2findex.html",
                    "%2e%2e%2f%2e%2e%2fopenapi.yaml",
                    "assets.txt")) {
                assertThat(api.getBytes("/assets/" + name).statusCode())
                        .as(name)
                        .isEqualTo(404);
                assertThat(api.getBytes("/").statusCode()).isEqualTo(200);
                assertThat(api.getBytes("/assets/" + nameOfScript()).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    /** 91: nothing takes the address of another page. */
    @Test
    void pageLeadsNowhereElse() {
        try (RunningApi api = RunningApi.start()) {
            for (String path :
                    List.of("/?next=//evil.example", "/api/session?next=//evil.example", "//evil.example/")) {
                HttpResponse<byte[]> response = api.getBytes(path);
                assertThat(response.statusCode()).as(path).isBetween(400, 499);
                assertThat(response.headers().firstValue("Location")).isEmpty();
            }
        }
    }

    @Test
    void pageMayBeFramedByConfiguredPagesOnly() {
        try (RunningApi closed = RunningApi.start()) {
            assertThat(closed.getBytes("/").headers().firstValue("X-Frame-Options"))
                    .hasValue("DENY");
            assertThat(policy(closed)).endsWith("frame-ancestors 'none'").doesNotContain("unsafe");
        }
        BridgeConfig.Http config =
                new BridgeConfig.Http("127.0.0.1", 0, null, List.of(), List.of("'self'", "https://home.example:8123"));
        try (RunningApi framed = RunningApi.start(config)) {
            assertThat(framed.getBytes("/").headers().firstValue("X-Frame-Options"))
                    .isEmpty();
            assertThat(policy(framed)).endsWith("frame-ancestors 'self' https://home.example:8123");
            assertThat(framed.getBytes("/health/live").headers().firstValue("X-Frame-Options"))
                    .hasValue("DENY");
        }
    }

    /** The name of a script of the page. */
    static String nameOfScript() {
        try {
            return Dashboard.load().assets().keySet().stream()
                    .filter(name -> name.endsWith(".js"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String policy(RunningApi api) {
        return api.getBytes("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private static String text(WebFile file) {
        return file.plain().toString(StandardCharsets.UTF_8);
    }
}
