/** What the bridge remembers: temperatures of the last hours in memory; ended prints and changes of state in the database. */
@NullMarked
package io.github.printer2mqtt.history;

import org.jspecify.annotations.NullMarked;
