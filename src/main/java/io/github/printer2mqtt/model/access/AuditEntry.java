package io.github.printer2mqtt.model.access;

import java.time.Instant;

/**
 * A change or a command that somebody asked for.
 *
 * @param actor the user, the token, or what else stands for them
 * @param origin where the request came from, such as {@code HTTP 192.0.2.4}
 * @param action method and path of a request, or the topic of a message
 * @param result {@code ok} or the code of the error
 */
public record AuditEntry(Instant at, String actor, String origin, String action, String result) {}
