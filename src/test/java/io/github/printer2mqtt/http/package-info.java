/** The API as its clients see it: a real server, the JDK's client, and raw sockets for invalid requests. */
@NullMarked
package io.github.printer2mqtt.http;

import org.jspecify.annotations.NullMarked;
