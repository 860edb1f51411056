/**
 * Questions to all machines of the local networks and announcements from them, by datagrams: multicast and broadcast, and DNS-SD over
 * multicast DNS (RFC 6762, 6763). Sockets are open only while a search runs; nothing that is received is verified here.
 */
@NullMarked
package io.github.printer2mqtt.net.lan;

import org.jspecify.annotations.NullMarked;
