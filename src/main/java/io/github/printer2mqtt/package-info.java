/**
 * Builds the house: {@code Main} gives the command line its world, {@code Bridge} starts and stops everything,
 * {@code BridgeComponents} is how the rooms are connected, {@code Drivers} the list of protocols. Start reading at {@code Bridge}.
 */
@NullMarked
package io.github.printer2mqtt;

import org.jspecify.annotations.NullMarked;
