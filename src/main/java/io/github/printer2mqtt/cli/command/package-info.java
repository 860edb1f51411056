/** The commands of the command line. */
@NullMarked
package io.github.printer2mqtt.cli.command;

import org.jspecify.annotations.NullMarked;
