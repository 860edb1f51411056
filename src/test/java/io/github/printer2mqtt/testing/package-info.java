/** Test fixtures: printers, brokers, clients and real programs. */
@NullMarked
package io.github.printer2mqtt.testing;

import org.jspecify.annotations.NullMarked;
