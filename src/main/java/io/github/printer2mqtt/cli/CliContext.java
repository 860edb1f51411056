package io.github.printer2mqtt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command touches outside itself.
 *
 * @param environment the variables
 * @param defaultConfig the file that is read if none is named, and that may be missing
 * @param out for answers
 * @param err for everything else
 * @param launcher starts bridges
 * @param offline what answers while no bridge runs
 */
public record CliContext(
        Map<String, String> environment,
        Path defaultConfig,
        PrintWriter out,
        PrintWriter err,
        Launcher launcher,
        OfflinePrinterAdmin.Opener offline) {
    public CliContext {
        environment = Map.copyOf(environment);
    }

    public void print(Iterable<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    /** A note beside the answer, which programs that read the answer do not see. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
