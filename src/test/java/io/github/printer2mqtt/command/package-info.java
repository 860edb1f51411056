@NullMarked
package io.github.printer2mqtt.command;

import org.jspecify.annotations.NullMarked;
