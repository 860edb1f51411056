/**
 * Every command passes here: capability and state are checked, the printer's session is asked, its answer goes back to
 * the asker, and the printer is polled soon. Start reading at {@code CommandService}.
 */
@NullMarked
package io.github.printer2mqtt.command;

import org.jspecify.annotations.NullMarked;
