/**
 * Finds out step by step why a printer cannot be read, and says in words for people what to do. What a failure means is pure
 * ({@code ...Findings}); {@link io.github.printer2mqtt.registration.diagnosis.Diagnoser} makes the requests.
 */
@NullMarked
package io.github.printer2mqtt.registration.diagnosis;

import org.jspecify.annotations.NullMarked;
