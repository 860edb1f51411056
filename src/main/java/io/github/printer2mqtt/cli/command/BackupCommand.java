package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.BackupAdmin;
import io.github.printer2mqtt.cli.command.PrintersCommand.PrintingCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies the database. */
@Command(
        name = "backup",
        description =
                "Copy the database of this machine, while the bridge runs or not. The copy does not contain the key of"
                        + " the credentials.")
final class BackupCommand extends PrintingCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The copy, or a folder for it; backup.folder if missing. An older copy of that name is replaced.")
    private @Nullable String file;

    BackupCommand(RootCommand root) {
        super(root);
    }

    @Override
    List<String> result() {
        List<String> lines = new ArrayList<>();
        backups(root()).backup(file).forEach(lines::add);
        return lines;
    }

    private static BackupAdmin backups(RootCommand root) {
        root.expectThisMachine("POST /api/backup of that bridge makes a copy there");
        return root.context().backups().apply(root.configuration());
    }

    /** Replaces the database by a copy. */
    @Command(
            name = "restore",
            description =
                    "Replace the database of this machine by a copy, which is checked first. The present database is"
                            + " kept, and the bridge must be stopped.")
    static final class RestoreCommand extends PrintingCommand {
        @Parameters(paramLabel = "FILE", description = "The copy.")
        private String file = "";

        RestoreCommand(RootCommand root) {
            super(root);
        }

        @Override
        List<String> result() {
            List<String> lines = new ArrayList<>();
            backups(root()).restore(file).forEach(lines::add);
            return lines;
        }
    }
}
