/** The temporary folder of this process, and files that only their owner may read. */
@NullMarked
package io.github.printer2mqtt.files;

import org.jspecify.annotations.NullMarked;
