/** The temporary folder of this process. Start reading at {@link io.github.printer2mqtt.files.TemporaryFolder}. */
@NullMarked
package io.github.printer2mqtt.files;

import org.jspecify.annotations.NullMarked;
