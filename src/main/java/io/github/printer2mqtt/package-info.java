/**
 * The application: {@code Main} runs the command line, {@code Bridge} starts and stops the components, {@code
 * BridgeComponents} wires them, and {@code Drivers} lists the protocols. Start reading at {@code Bridge}.
 */
@NullMarked
package io.github.printer2mqtt;

import org.jspecify.annotations.NullMarked;
