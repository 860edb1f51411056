/** Tests of the event stream without a server. */
@NullMarked
package io.github.printer2mqtt.http.stream;

import org.jspecify.annotations.NullMarked;
