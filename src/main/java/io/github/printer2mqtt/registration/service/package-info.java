/**
 * Does what {@link io.github.printer2mqtt.registration.RegistrationService} and
 * {@link io.github.printer2mqtt.registration.DiagnosisService} promise: resolves, probes, stores, and starts monitors. Start
 * reading at {@code DefaultRegistrationService}.
 */
@NullMarked
package io.github.printer2mqtt.registration.service;

import org.jspecify.annotations.NullMarked;
