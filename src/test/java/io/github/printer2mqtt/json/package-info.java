/** The JSON documents of docs/reference, held by golden files. */
@NullMarked
package io.github.printer2mqtt.json;

import org.jspecify.annotations.NullMarked;
