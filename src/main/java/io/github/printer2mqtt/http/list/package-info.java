/** The printer list as prepared bytes, built at most once for each version of the fleet. */
@NullMarked
package io.github.printer2mqtt.http.list;

import org.jspecify.annotations.NullMarked;
