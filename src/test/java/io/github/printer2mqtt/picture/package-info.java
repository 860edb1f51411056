/** Tests of the package picture. */
@NullMarked
package io.github.printer2mqtt.picture;

import org.jspecify.annotations.NullMarked;
