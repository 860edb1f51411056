/** Datagrams on the loopback interface. */
@NullMarked
package io.github.printer2mqtt.net.lan;

import org.jspecify.annotations.NullMarked;
