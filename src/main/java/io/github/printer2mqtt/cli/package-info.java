/** What the commands share: their context, exit codes and terminal output. */
@NullMarked
package io.github.printer2mqtt.cli;

import org.jspecify.annotations.NullMarked;
