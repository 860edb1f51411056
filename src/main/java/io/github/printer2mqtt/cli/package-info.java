/**
 * The command line: parses, asks, prints and gives an exit code. What starts a bridge, and what answers in place of one
 * that does not run, comes in through {@link io.github.printer2mqtt.cli.Launcher} and
 * {@link io.github.printer2mqtt.cli.OfflinePrinterAdmin}; a running bridge is spoken to over its API. Start reading at
 * {@link io.github.printer2mqtt.cli.CommandLineInterface}.
 */
@NullMarked
package io.github.printer2mqtt.cli;

import org.jspecify.annotations.NullMarked;
