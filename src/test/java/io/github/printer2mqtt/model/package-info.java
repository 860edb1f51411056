@NullMarked
package io.github.printer2mqtt.model;

import org.jspecify.annotations.NullMarked;
