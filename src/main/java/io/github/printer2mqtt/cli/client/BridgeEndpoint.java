package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.HostUrl;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where a running bridge is asked.
 *
 * @param base without a slash at its end
 * @param token that it wants; null for none
 */
public record BridgeEndpoint(URI base, @Nullable Secret token) {
    /** A bridge that the user named. */
    public static BridgeEndpoint named(String url, @Nullable Secret token) {
        try {
            URI base = new URI(url.strip().replaceFirst("/+$", ""));
            boolean isHttp = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            boolean isPlain = base.getRawUserInfo() == null && base.getRawQuery() == null && base.getFragment() == null;
            if (isHttp && isPlain && base.getHost() != null) {
                return new BridgeEndpoint(base, token);
            }
        } catch (URISyntaxException e) {
            // The line below says what is expected; the parser's own message adds nothing.
        }
        String shown = url.indexOf('@') >= 0 ? "a user in it" : QuotedText.of(url);
        throw new CliException(
                ExitCode.USAGE, "--url: found " + shown + ", expected a URL such as \"http://127.0.0.1:8080\"");
    }

    /** The bridge that has the configuration, which is on this machine. */
    public static BridgeEndpoint configured(BridgeConfig.Http http, @Nullable Secret token) {
        if (http.port() == 0) {
            throw new CliException(
                    ExitCode.USAGE, "http.port is 0, so any port may have been taken: give it with --url");
        }
        URI base = URI.create(HostUrl.reachable("http", http.host(), http.port()));
        return new BridgeEndpoint(base, token == null ? http.token() : token);
    }
}
