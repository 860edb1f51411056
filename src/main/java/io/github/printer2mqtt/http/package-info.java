/** The HTTP API: the server and its routes. */
@NullMarked
package io.github.printer2mqtt.http;

import org.jspecify.annotations.NullMarked;
