@NullMarked
package io.github.printer2mqtt.cli;

import org.jspecify.annotations.NullMarked;
