/** Other bridges whose printers are shown beside our own: what they publish, mirrored, and whether they can be reached. */
@NullMarked
package io.github.printer2mqtt.site;

import org.jspecify.annotations.NullMarked;
