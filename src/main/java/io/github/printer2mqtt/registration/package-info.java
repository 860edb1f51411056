/**
 * The services that register printers for HTTP, MQTT, the command line and the import, and what a request to them may
 * contain. Only this package creates {@link io.github.printer2mqtt.model.Credentials}. Start reading at
 * {@code RegistrationService} and {@code RegistrationRequest}.
 */
@NullMarked
package io.github.printer2mqtt.registration;

import org.jspecify.annotations.NullMarked;
