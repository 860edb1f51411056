/** What the commands share: the context, exit codes, texts for the terminal. */
@NullMarked
package io.github.printer2mqtt.cli;

import org.jspecify.annotations.NullMarked;
