package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import io.github.printer2mqtt.text.QuotedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the state of the broker connection in the log and in the health, a log line only when it changes. Written on
 * the context of {@link MqttVerticle}; health may be read by every thread.
 */
final class BrokerHealth {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerHealth.class);

    private final BrokerConnectionOptions options;
    private final Map<TopicKind, String> refused = new EnumMap<>(TopicKind.class);
    private final Map<TopicKind, String> tooLarge = new EnumMap<>(TopicKind.class);
    private final Set<TopicKind> loggedRefusals = EnumSet.noneOf(TopicKind.class);
    private final Set<TopicKind> loggedSizes = EnumSet.noneOf(TopicKind.class);
    private List<String> losses = List.of();
    private List<String> loggedLosses = List.of();
    private @Nullable ConnectFailure loggedFailure;
    private boolean echoMissing;
    private boolean echoLogged;
    private volatile Health health;

    BrokerHealth(BrokerConnectionOptions options) {
        this.options = options;
        this.health = Health.degraded("not yet connected to " + options.server());
    }

    Health health() {
        return health;
    }

    void onConnected(MqttConnectionListener.Session session) {
        loggedFailure = null;
        refused.clear();
        tooLarge.clear();
        echoMissing = false;
        losses = session.limits().losses();
        LOG.info(
                "connected to the broker {} with MQTT {}: {}",
                options.server(),
                session.protocol().wireName(),
                session.limits());
        if (!losses.isEmpty() && !losses.equals(loggedLosses)) {
            LOG.warn("the broker {} is limited: {}", options.server(), String.join("; ", losses));
        }
        loggedLosses = losses;
        updateHealth();
    }

    /** A connection is healthy only if everything that is published arrives. */
    private void updateHealth() {
        List<String> wrong = new ArrayList<>(losses);
        if (!refused.isEmpty()) {
            wrong.add("the broker refuses " + names(refused) + ": "
                    + refused.values().iterator().next());
        }
        if (!tooLarge.isEmpty()) {
            wrong.add("too large: " + names(tooLarge) + ": "
                    + tooLarge.values().iterator().next());
        }
        if (echoMissing) {
            wrong.add(noEcho());
        }
        health = wrong.isEmpty() ? Health.up() : Health.degraded(String.join("; ", wrong));
    }

    private static String names(Map<TopicKind, String> kinds) {
        return kinds.keySet().stream().map(TopicKind::displayName).collect(Collectors.joining(", "));
    }

    void onLost(String reason) {
        health = Health.degraded("lost the connection to the broker " + options.server() + ": " + reason);
        LOG.warn("lost the connection to the broker {}: {}; reconnecting", options.server(), reason);
    }

    void onConnectFailed(ConnectFailure failure, Duration nextAttemptIn) {
        String line = line(failure);
        health = Health.degraded(line);
        if (failure.equals(loggedFailure)) {
            LOG.debug("{}; next attempt in {}", line, nextAttemptIn);
            return;
        }
        loggedFailure = failure;
        LOG.warn("{}; trying again {}", line, every(failure));
    }

    private String every(ConnectFailure failure) {
        return failure.kind() == Kind.CREDENTIALS
                ? "every " + options.retry().refused().toSeconds() + " seconds"
                : "until it succeeds";
    }

    private String line(ConnectFailure failure) {
        if (failure.kind() == Kind.CREDENTIALS) {
            return "the broker " + options.server() + " refuses " + user() + " (" + failure.detail()
                    + "): check mqtt.username and mqtt.password";
        }
        return "no connection to the broker " + options.server() + ": " + failure.detail() + advice(failure.kind());
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case UNTRUSTED -> "; mqtt.tls.ca names the certificates to trust";
            case CLIENT_CERTIFICATE -> "; mqtt.tls.certificate and mqtt.tls.key name ours";
            default -> "";
        };
    }

    private String user() {
        return options.username() == null ? "a client without a user" : "user " + QuotedText.of(options.username());
    }

    /** The broker refused a message; logged once per kind of topic. */
    void onRefused(TopicKind kind, String reason) {
        refused.put(kind, reason);
        updateHealth();
        if (loggedRefusals.add(kind)) {
            LOG.warn(
                    "the broker {} refuses {}: {}; check the ACL for {}",
                    options.server(),
                    kind.displayName(),
                    reason,
                    user());
        }
    }

    /** A message exceeds the maximum packet size; logged once per kind of topic. */
    void onTooLarge(TopicKind kind, String reason) {
        tooLarge.put(kind, reason);
        updateHealth();
        if (loggedSizes.add(kind)) {
            LOG.warn("{} cannot be sent to the broker {}: {}", kind.displayName(), options.server(), reason);
        }
    }

    /** Our own state did not come back, which is the only sign that this broker drops our messages. */
    void onNoEcho() {
        echoMissing = true;
        updateHealth();
        if (!echoLogged) {
            echoLogged = true;
            LOG.warn(noEcho());
        }
    }

    private String noEcho() {
        return "the broker " + options.server() + " did not echo bridge/state; its ACL probably rejects our messages";
    }
}
