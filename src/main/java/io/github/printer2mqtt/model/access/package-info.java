/** Users, roles, tokens and what they may do, as immutable values. Contains no secret. */
@NullMarked
package io.github.printer2mqtt.model.access;

import org.jspecify.annotations.NullMarked;
