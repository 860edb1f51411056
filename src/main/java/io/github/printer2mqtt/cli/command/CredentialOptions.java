package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a printer's credentials. */
final class CredentialOptions {
    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "The printer's API key. Other users of this machine can see it in the list of processes, and it"
                            + " stays in the shell's history: prefer --api-key-file.")
    private @Nullable String apiKey;

    @Option(names = "--api-key-file", paramLabel = "PATH", description = "A file with the printer's API key.")
    private @Nullable String apiKeyFile;

    @Option(
            names = "--username",
            paramLabel = "USER",
            description = "The user name at the printer; needs --password-file.")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "PATH", description = "A file with the password of that user.")
    private @Nullable String passwordFile;

    /** The value of {@code credentials} in a registration; null if none were given. */
    @Nullable JsonObject document() {
        if (apiKey != null && apiKeyFile != null) {
            throw new CliException(ExitCode.USAGE, "found --api-key and --api-key-file, expected one of the two");
        }
        boolean isKey = apiKey != null || apiKeyFile != null;
        boolean isLogin = username != null || passwordFile != null;
        if (isKey && isLogin) {
            throw new CliException(ExitCode.USAGE, "found an API key and a login, expected one of the two");
        }
        if (isLogin && (username == null || passwordFile == null)) {
            throw new CliException(ExitCode.USAGE, "found one of --username and --password-file, expected both");
        }
        if (isLogin) {
            return new JsonObject()
                    .put("username", username)
                    .put("password", content("--password-file", String.valueOf(passwordFile)));
        }
        if (apiKeyFile != null) {
            return new JsonObject().put("api_key", content("--api-key-file", apiKeyFile));
        }
        return apiKey == null ? null : new JsonObject().put("api_key", apiKey);
    }

    private static String content(String option, String path) {
        try {
            String text = ConfigReader.SecretFiles.ofSystem().read(path);
            if (!text.isEmpty()) {
                return text;
            }
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    option + ": found no readable file " + QuotedText.of(path) + ", expected a file with the secret",
                    e);
        }
        throw new CliException(
                ExitCode.USAGE,
                option + ": found an empty file " + QuotedText.of(path) + ", expected one with the secret");
    }
}
