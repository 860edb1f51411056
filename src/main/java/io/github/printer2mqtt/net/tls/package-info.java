/** Certificates and keys: which certificates of printers are trusted, and those of the bridge itself in PEM files. */
@NullMarked
package io.github.printer2mqtt.net.tls;

import org.jspecify.annotations.NullMarked;
