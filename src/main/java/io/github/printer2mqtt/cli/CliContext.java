package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything outside a command that it uses.
 *
 * @param environment the environment variables
 * @param defaultConfig the file that is read if none is named; may be missing
 * @param out for results
 * @param err for everything else
 * @param launcher starts bridges
 * @param database opens the printers in the database of a configuration while no bridge runs; throws {@link
 *     StartException} if it is unusable
 * @param secrets the key of that database, while no bridge runs
 * @param backups copies of that database
 * @param copies into another database, with the login of that configuration
 * @param report the archive for support, while no bridge answers
 */
public record CliContext(
        Map<String, String> environment,
        Path defaultConfig,
        PrintWriter out,
        PrintWriter err,
        Launcher launcher,
        Function<BridgeConfig, PrinterAdmin> database,
        Function<BridgeConfig, SecretsAdmin> secrets,
        Function<BridgeConfig, BackupAdmin> backups,
        Function<BridgeConfig, CopyAdmin> copies,
        LocalReport report) {
    public CliContext {
        environment = Map.copyOf(environment);
    }

    public void print(Iterable<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    /** Prints a line that programs which read the result do not see. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
