/**
 * The API: routes of openapi.yaml, the list from prepared bytes, problems, metrics, probes. Handlers are thin: they read,
 * call one method of the house and answer. Knows no driver and no registry. Start reading at {@code HttpVerticle}.
 */
@NullMarked
package io.github.printer2mqtt.http;

import org.jspecify.annotations.NullMarked;
