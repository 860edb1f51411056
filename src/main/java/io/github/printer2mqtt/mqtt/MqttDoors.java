package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.command.Commands;
import io.github.printer2mqtt.poll.Polling;
import io.github.printer2mqtt.registration.Registrations;

/**
 * Where {@link MqttVerticle} takes what others ask over the broker.
 *
 * @param commands to printers
 * @param registrations of printers
 * @param polling to have printers asked now
 */
public record MqttDoors(Commands commands, Registrations registrations, Polling polling) {}
