package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.text.HostUrl;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The address of a running bridge.
 *
 * @param base without a trailing slash
 * @param token for its API; null for none
 * @param trust which certificates are trusted with an {@code https} URL
 */
public record BridgeEndpoint(URI base, @Nullable Secret token, ApiClient.Trust trust) {
    /** The bridge at the URL that the user gave. */
    public static BridgeEndpoint named(String url, @Nullable Secret token, BridgeTrust trust) {
        try {
            URI base = new URI(url.strip().replaceFirst("/+$", ""));
            boolean isHttp = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            boolean isPlain = base.getRawUserInfo() == null && base.getRawQuery() == null && base.getFragment() == null;
            if (isHttp && isPlain && base.getHost() != null) {
                return new BridgeEndpoint(base, token, trust.forNamed());
            }
        } catch (URISyntaxException e) {
            // The parser's message adds nothing to the one below.
        }
        String shown = url.indexOf('@') >= 0 ? "a URL with a user name" : QuotedText.of(url);
        throw new CliException(
                ExitCode.USAGE, "--url: found " + shown + ", expected a URL such as \"http://127.0.0.1:8080\"");
    }

    /** The bridge on this machine with the given configuration. */
    public static BridgeEndpoint configured(BridgeConfig.Http http, @Nullable Secret token, BridgeTrust trust) {
        if (http.port() == 0) {
            throw new CliException(
                    ExitCode.USAGE, "http.port is 0, so the port of the bridge is unknown; give its URL with --url");
        }
        URI base = URI.create(HostUrl.reachable(http.scheme(), http.host(), http.port()));
        return new BridgeEndpoint(base, token == null ? http.token() : token, trust.forConfigured(http.tls()));
    }
}
