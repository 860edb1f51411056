@NullMarked
package io.github.printer2mqtt.site;

import org.jspecify.annotations.NullMarked;
