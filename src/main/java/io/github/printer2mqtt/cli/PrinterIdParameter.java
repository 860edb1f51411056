package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.printer.PrinterId;
import picocli.CommandLine.Parameters;

/** The printer that a command is about. */
final class PrinterIdParameter {
    @Parameters(paramLabel = "ID", description = "The id as printers list shows it.")
    private String id = "";

    /** The id; one that cannot be any printer's never gets into a path. */
    String value() {
        try {
            return new PrinterId(id).value();
        } catch (InvalidValueException e) {
            throw new CliException(ExitCode.USAGE, "ID: " + e.getMessage(), e);
        }
    }
}
