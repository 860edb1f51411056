/** Requests and responses: problems, content negotiation, conditional requests. */
@NullMarked
package io.github.printer2mqtt.http.message;

import org.jspecify.annotations.NullMarked;
