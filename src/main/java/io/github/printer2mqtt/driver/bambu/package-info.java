/**
 * Bambu Lab printers in their LAN mode: X1, P1, P2, A1, A2, H2 and X2. The printer is an MQTT broker on port 8883 with TLS, user {@code
 * bblp} and the access code of its screen; it reports on {@code device/<serial>/report} and takes requests on {@code
 * device/<serial>/request}.
 *
 * <p>Sources: the protocol descriptions of OpenBambuAPI and of BambuStudio ({@code DeviceManager}, {@code DevHMS}), the observations of
 * ha-bambulab, bambuddy and OctoEverywhere, and recorded reports of A1, A1 mini, P1P, P1S, P2S, X1C and H2D; the recordings are not
 * ours, so the files of the tests have their shape and not their values. No printer of our own was tried.
 *
 * <p>Oddities:
 *
 * <ul>
 *   <li>A report may be whole or contain only what changed; arrays replace, except the units and trays of an AMS, which merge by id.
 *   <li>P1 and A1 must not be asked for the whole status often: five minutes apart, by the vendor.
 *   <li>A cancelled print is FAILED with error 0, with the error 0300-400C before it, after it, or not at all.
 *   <li>The broker may stop publishing while the connection lives, and take no commands while it publishes.
 *   <li>Newer firmware executes commands in Developer mode only; the status needs none.
 *   <li>The certificate is signed by an authority of Bambu Lab and names the serial number, not the address.
 * </ul>
 */
@NullMarked
package io.github.printer2mqtt.driver.bambu;

import org.jspecify.annotations.NullMarked;
