package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.command.CommandService;
import io.github.printer2mqtt.poll.MonitoringService;
import io.github.printer2mqtt.registration.RegistrationService;

/**
 * Where {@link MqttVerticle} takes what others ask over the broker.
 *
 * @param commands to printers
 * @param registrations of printers
 * @param polling to have printers asked now
 */
public record MqttServices(CommandService commands, RegistrationService registrations, MonitoringService polling) {}
