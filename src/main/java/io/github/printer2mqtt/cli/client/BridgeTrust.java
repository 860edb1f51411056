package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.net.http.ApiClient.Trust;
import io.github.printer2mqtt.net.tls.CertifiedKey;
import io.github.printer2mqtt.net.tls.PemFile;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of bridges that the user trusts.
 *
 * @param ca PEM file with authorities; null for those of the system
 * @param fingerprint of the only certificate to trust; null for none
 */
public record BridgeTrust(@Nullable String ca, @Nullable String fingerprint) {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    /** For a bridge with a URL. Reads the file. */
    Trust forNamed() {
        if (fingerprint != null) {
            return new Trust.Pinned(parsed(fingerprint));
        }
        return ca == null ? new Trust.SystemAuthorities() : new Trust.Authorities(authorities(ca));
    }

    /** For the bridge of a configuration, whose certificate is known. */
    Trust forConfigured(BridgeConfig.Http.@Nullable Tls tls) {
        if (tls == null || ca != null || fingerprint != null) {
            return forNamed();
        }
        try {
            return new Trust.Pinned(CertifiedKey.fingerprint(PemFile.read("http.tls.certificate", tls.certificate())));
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** As openssl prints it, in upper case with colons, is accepted too. */
    private static String parsed(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        String compact = lower.startsWith("sha256:") ? lower.substring("sha256:".length()) : lower;
        String digits = compact.replace(":", "");
        if (!FINGERPRINT.matcher(digits).matches()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--fingerprint: found " + QuotedText.of(text) + ", expected \"sha256:\" and 64 hexadecimal digits");
        }
        return "sha256:" + digits;
    }

    private static Buffer authorities(String path) {
        try {
            PemFile file = PemFile.read("--ca", path);
            file.certificates();
            return file.content();
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
