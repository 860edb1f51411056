/** Which certificates of printers are trusted. */
@NullMarked
package io.github.printer2mqtt.net.tls;

import org.jspecify.annotations.NullMarked;
