/**
 * The one hall behind all doors through which printers are registered: parsed JSON in, result or field problem out. Only
 * this room makes {@link io.github.printer2mqtt.model.Credentials}. Start reading at {@code RegistrationService}.
 */
@NullMarked
package io.github.printer2mqtt.registration;

import org.jspecify.annotations.NullMarked;
