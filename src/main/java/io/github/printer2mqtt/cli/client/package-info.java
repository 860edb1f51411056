/** The client of a running bridge's HTTP API. */
@NullMarked
package io.github.printer2mqtt.cli.client;

import org.jspecify.annotations.NullMarked;
