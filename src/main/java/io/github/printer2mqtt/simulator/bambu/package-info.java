/** Simulated Bambu Lab printers in LAN mode: brokers with TLS whose certificate names the serial number. Written from recorded reports. */
@NullMarked
package io.github.printer2mqtt.simulator.bambu;

import org.jspecify.annotations.NullMarked;
