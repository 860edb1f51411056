/** Texts and numbers: quoting, sanitizing, hashing, durations, secrets. Depends on no other package. */
@NullMarked
package io.github.printer2mqtt.text;

import org.jspecify.annotations.NullMarked;
