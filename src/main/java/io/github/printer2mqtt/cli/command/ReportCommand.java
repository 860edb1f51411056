package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.client.BridgeClient;
import io.github.printer2mqtt.cli.client.BridgeNotRunningException;
import io.github.printer2mqtt.cli.client.BridgeResponseException;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.InvalidConfigException;
import io.github.printer2mqtt.files.OwnerOnlyFile;
import io.github.printer2mqtt.text.QuotedText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the archive for support. */
@Command(
        name = "report",
        description =
                "Write an archive for support, without secrets: what the running bridge knows or, if none answers, what"
                        + " this machine has.")
final class ReportCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "printer2mqtt-report.zip",
            description = "The archive, which must not exist yet; ${DEFAULT-VALUE} if missing.")
    private String file = "";

    ReportCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Path target = target();
        byte[] archive = archive();
        write(target, archive);
        root.context()
                .print(List.of(
                        "wrote " + target + " (" + archive.length / 1024 + " kB)",
                        "it has no passwords, keys or tokens, but addresses and names of printers: look through it before you"
                                + " publish it"));
        return ExitCode.OK.number();
    }

    private byte[] archive() {
        try (BridgeClient bridge = root.client()) {
            return bridge.report();
        } catch (InvalidConfigException e) {
            return local(null, lines(e));
        } catch (BridgeNotRunningException | BridgeResponseException | CliException e) {
            if (root.namesBridge()) {
                throw e;
            }
            List<String> problems = new ArrayList<>();
            problems.add(String.valueOf(e.getMessage()));
            try {
                return local(root.configuration(), problems);
            } catch (InvalidConfigException invalid) {
                problems.addAll(lines(invalid));
                return local(null, problems);
            }
        }
    }

    private byte[] local(@Nullable BridgeConfig config, List<String> problems) {
        problems.forEach(root.context()::note);
        root.context().note("no bridge was asked, so the archive has only what this machine has");
        return root.context().report().create(config, problems);
    }

    private static List<String> lines(InvalidConfigException invalid) {
        return invalid.errors().stream()
                .map(InvalidConfigException.ConfigError::line)
                .toList();
    }

    private Path target() {
        Path target;
        try {
            target = Path.of(file);
        } catch (InvalidPathException e) {
            throw new CliException(ExitCode.USAGE, "FILE: found " + QuotedText.of(file) + ", expected a path", e);
        }
        if (Files.exists(target)) {
            throw new CliException(
                    ExitCode.USAGE, "FILE: found a file " + QuotedText.of(file) + ", expected the name of a new one");
        }
        return target;
    }

    /** Only the user may read it. */
    private static void write(Path target, byte[] archive) {
        try (FileChannel created = OwnerOnlyFile.create(target);
                OutputStream out = Channels.newOutputStream(created)) {
            out.write(archive);
        } catch (IOException e) {
            throw new CliException(ExitCode.FAILURE, "cannot write " + target + ": " + e, e);
        }
    }
}
