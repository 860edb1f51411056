/**
 * Registers printers for HTTP, MQTT, the command line and the import. Only this package creates
 * {@link io.github.printer2mqtt.model.Credentials}. Start reading at {@code RegistrationService}.
 */
@NullMarked
package io.github.printer2mqtt.registration;

import org.jspecify.annotations.NullMarked;
