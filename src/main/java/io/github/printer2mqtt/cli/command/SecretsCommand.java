package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.SecretsAdmin;
import io.github.printer2mqtt.cli.command.PrintersCommand.PrintingCommand;
import io.github.printer2mqtt.text.CountText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands for the key of the credentials in the database. */
@Command(
        name = "secrets",
        description = "Change the key with which the credentials in the database are encrypted, while no bridge runs.")
final class SecretsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "found no command, expected rotate or discard");
        }
    }

    private static SecretsAdmin secrets(RootCommand root) {
        return root.context().secrets().apply(root.configuration());
    }

    /** Encrypts all credentials with another key. */
    @Command(
            name = "rotate",
            description =
                    "Encrypt all credentials with a new key, which replaces the key file. The bridge must be stopped.")
    static final class RotateCommand extends PrintingCommand {
        @Option(
                names = "--new-key-file",
                paramLabel = "PATH",
                description = "Use the key in this file, and leave it to you to configure it: for keys that the bridge"
                        + " cannot write, such as secrets of a container.")
        private @Nullable String newKeyFile;

        RotateCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            List<String> lines = new ArrayList<>();
            secrets(root()).rotate(newKeyFile).forEach(lines::add);
            return lines;
        }
    }

    /** Removes all credentials whose key is lost. */
    @Command(
            name = "discard",
            description =
                    "Remove the credentials of all printers, if their key is lost. The printers stay registered and"
                            + " need their credentials again. The bridge must be stopped.")
    static final class DiscardCommand extends PrintingCommand {
        DiscardCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            int printers = secrets(root()).discard();
            return List.of("removed the credentials of " + CountText.of(printers, "printer"));
        }
    }
}
