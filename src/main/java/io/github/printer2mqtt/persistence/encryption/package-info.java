/** Encryption of stored secrets: the key, where it is kept, and the cipher. */
@NullMarked
package io.github.printer2mqtt.persistence.encryption;

import org.jspecify.annotations.NullMarked;
