/** What the value of a configuration key may be: how a text is parsed, and what messages say of one that is invalid. */
@NullMarked
package io.github.printer2mqtt.config.type;

import org.jspecify.annotations.NullMarked;
