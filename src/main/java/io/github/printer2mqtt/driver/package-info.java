/**
 * The interface of printer protocols, with one sub-package per protocol, which knows {@code driver} and no other protocol.
 * The list of drivers is {@code Drivers} in the base package.
 *
 * <p>A driver sends requests, maps responses and executes commands. Schedule, failure counts and availability are decided
 * elsewhere. Start reading at {@link io.github.printer2mqtt.driver.Driver}.
 */
@NullMarked
package io.github.printer2mqtt.driver;

import org.jspecify.annotations.NullMarked;
