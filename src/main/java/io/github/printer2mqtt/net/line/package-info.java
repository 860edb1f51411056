/** Lines of text to and from printers over plain TCP, with limits for what a printer sends. */
@NullMarked
package io.github.printer2mqtt.net.line;

import org.jspecify.annotations.NullMarked;
