/** The API as its clients see it: a real server, the JDK's client, and raw sockets for what no honest client sends. */
@NullMarked
package io.github.printer2mqtt.http;

import org.jspecify.annotations.NullMarked;
