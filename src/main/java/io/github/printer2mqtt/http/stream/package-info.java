/** The event stream: what changes in the fleet, for any number of clients, each of which may be slow or come back. */
@NullMarked
package io.github.printer2mqtt.http.stream;

import org.jspecify.annotations.NullMarked;
