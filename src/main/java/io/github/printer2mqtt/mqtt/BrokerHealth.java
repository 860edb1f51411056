package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.ConnectFailure.Kind;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
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
 * Says in the log and in health how it stands with the broker: a line when that changes, none when it stays. Written on
 * the context of {@link MqttVerticle}; health is read by every thread.
 */
final class BrokerHealth {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerHealth.class);

    private final BrokerConnectionOptions options;
    private final Map<TopicKind, String> refused = new EnumMap<>(TopicKind.class);
    private final Map<TopicKind, String> tooLarge = new EnumMap<>(TopicKind.class);
    private final Set<TopicKind> refusalsTold = EnumSet.noneOf(TopicKind.class);
    private final Set<TopicKind> sizesTold = EnumSet.noneOf(TopicKind.class);
    private List<String> losses = List.of();
    private List<String> lossesTold = List.of();
    private @Nullable ConnectFailure problemTold;
    private boolean echoMissing;
    private boolean echoTold;
    private volatile Health health;

    BrokerHealth(BrokerConnectionOptions options) {
        this.options = options;
        this.health = Health.degraded("not yet connected to " + options.server());
    }

    Health health() {
        return health;
    }

    void onConnected(MqttConnectionListener.Session session) {
        problemTold = null;
        refused.clear();
        tooLarge.clear();
        echoMissing = false;
        losses = session.limits().losses();
        LOG.info(
                "connected to the broker {} with MQTT {}: {}",
                options.server(),
                session.protocol().wireName(),
                session.limits());
        if (!losses.isEmpty() && !losses.equals(lossesTold)) {
            LOG.warn("the broker {} is limited: {}", options.server(), String.join("; ", losses));
        }
        lossesTold = losses;
        connectedHealth();
    }

    /** Health of a connection: up only if everything that is published arrives. */
    private void connectedHealth() {
        List<String> wrong = new ArrayList<>(losses);
        if (!refused.isEmpty()) {
            wrong.add("the broker refuses " + names(refused) + ": "
                    + refused.values().iterator().next());
        }
        if (!tooLarge.isEmpty()) {
            wrong.add("too large for the broker: " + names(tooLarge) + ": "
                    + tooLarge.values().iterator().next());
        }
        if (echoMissing) {
            wrong.add(noEcho());
        }
        health = wrong.isEmpty() ? Health.up() : Health.degraded(String.join("; ", wrong));
    }

    private static String names(Map<TopicKind, String> kinds) {
        return kinds.keySet().stream().map(TopicKind::forPeople).collect(Collectors.joining(", "));
    }

    void onLost(String reason) {
        health = Health.degraded("lost the broker " + options.server() + ": " + reason);
        LOG.warn("lost the broker {}: {}; trying to come back", options.server(), reason);
    }

    void onConnectFailed(ConnectFailure problem, Duration nextAttemptIn) {
        String line = line(problem);
        health = Health.degraded(line);
        if (problem.equals(problemTold)) {
            LOG.debug("{}; next attempt in {}", line, nextAttemptIn);
            return;
        }
        problemTold = problem;
        LOG.warn("{}; trying again {}", line, every(problem));
    }

    private String every(ConnectFailure problem) {
        return problem.kind() == Kind.CREDENTIALS
                ? "every " + options.retry().refused().toSeconds() + " seconds"
                : "until it succeeds";
    }

    private String line(ConnectFailure problem) {
        if (problem.kind() == Kind.CREDENTIALS) {
            return "the broker " + options.server() + " refuses " + user() + " (" + problem.detail()
                    + "): check mqtt.username and mqtt.password";
        }
        if (problem.kind() == Kind.TLS) {
            return "no connection to the broker " + options.server() + ": " + problem.detail()
                    + " (mqtt.tls.ca names the certificates to trust)";
        }
        return "no connection to the broker " + options.server() + ": " + problem.detail();
    }

    private String user() {
        return options.username() == null ? "a client without a user" : "user " + QuotedText.of(options.username());
    }

    /** The broker refuses a message; one line for each kind of topic. */
    void onRefused(TopicKind kind, String reason) {
        refused.put(kind, reason);
        connectedHealth();
        if (refusalsTold.add(kind)) {
            LOG.warn(
                    "the broker {} refuses {}: {}; check what its access rules allow {}",
                    options.server(),
                    kind.forPeople(),
                    reason,
                    user());
        }
    }

    /** A message is larger than the broker takes; one line for each kind of topic. */
    void onTooLarge(TopicKind kind, String reason) {
        tooLarge.put(kind, reason);
        connectedHealth();
        if (sizesTold.add(kind)) {
            LOG.warn(
                    "{} cannot be sent to the broker {}: {}; raise its maximum packet size",
                    kind.forPeople(),
                    options.server(),
                    reason);
        }
    }

    /** Nothing else says that the broker refuses us: our own state did not come back. */
    void onNoEcho() {
        echoMissing = true;
        connectedHealth();
        if (!echoTold) {
            echoTold = true;
            LOG.warn(noEcho());
        }
    }

    private String noEcho() {
        return "the broker " + options.server()
                + " does not show us our own bridge state: its access rules may refuse what we publish";
    }
}
