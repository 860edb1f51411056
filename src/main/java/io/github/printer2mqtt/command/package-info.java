/**
 * Commands of all interfaces: checks capability and state, sends the command through the printer's session, and polls the
 * printer early. Start reading at {@code CommandService}.
 */
@NullMarked
package io.github.printer2mqtt.command;

import org.jspecify.annotations.NullMarked;
