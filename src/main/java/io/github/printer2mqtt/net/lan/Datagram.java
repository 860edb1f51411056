package io.github.printer2mqtt.net.lan;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;

/**
 * What a machine sent. Anybody in the network may send it, and may write another machine's address as its sender.
 *
 * @param content at most 2,048 bytes; what is longer is cut
 */
public record Datagram(InetAddress sender, Buffer content) {}
