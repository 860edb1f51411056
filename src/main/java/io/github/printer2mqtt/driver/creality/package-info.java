/**
 * Creality printers with the web socket of their own web page on port 9999: K1, K2, Ender-3 V3 and V4, Hi and relatives. It needs no
 * login. The printer sends its whole status after the connect and then what changed.
 *
 * <p>Sources: the interface of CrealityPrint's device manager, the observations of ha_creality_ws, creality2mqtt, CrealityLANBridgeKit
 * and print-farm-manager, and recorded messages of K1, K1 SE (2.3.5.33), K2 Pro (1.1.0.94), K2 Plus and Ender-3 V4 (1.1.0.45); the
 * recordings are not ours, so the files of the tests have their shape and not their values. No printer of our own was tried.
 *
 * <p>Oddities:
 *
 * <ul>
 *   <li>Numbers come as numbers or as texts with six decimals.
 *   <li>{@code state} keeps the result of the last print on a K1, and returns to 0 on an Ender-3 V4 and a K2 Plus; progress and file name
 *       stay in any case.
 *   <li>Commands are not replied to; the status shows whether they were executed.
 *   <li>Some models send little until they are asked, so the status is requested again and again, as the printer's own page does.
 * </ul>
 */
@NullMarked
package io.github.printer2mqtt.driver.creality;

import org.jspecify.annotations.NullMarked;
