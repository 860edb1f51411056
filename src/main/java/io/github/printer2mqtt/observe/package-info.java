/**
 * How the house tells how it is: meters that every room gives and that http and mqtt read, and health contributions.
 *
 * <p>Start reading at {@link io.github.printer2mqtt.observe.MetricsRegistry}.
 */
@NullMarked
package io.github.printer2mqtt.observe;

import org.jspecify.annotations.NullMarked;
