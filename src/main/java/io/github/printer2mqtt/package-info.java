/**
 * The command line and what builds the house. {@code Main} gives the command line the world; {@code CommandLineInterface}
 * runs one command and gives its exit code. What starts a bridge, and what answers in place of one that does not run,
 * comes in through {@code Launcher} and {@code OfflineDoor}. Start reading at {@code Main}.
 */
@NullMarked
package io.github.printer2mqtt;

import org.jspecify.annotations.NullMarked;
