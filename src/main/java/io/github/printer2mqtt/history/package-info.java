/**
 * What happened to prints: running jobs and last jobs that survive a restart. Start reading at {@code SqlJobRepository}.
 */
@NullMarked
package io.github.printer2mqtt.history;

import org.jspecify.annotations.NullMarked;
