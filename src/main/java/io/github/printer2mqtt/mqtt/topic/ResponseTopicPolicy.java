package io.github.printer2mqtt.mqtt.topic;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which MQTT 5 response topics of clients are used: those below the bridge's own {@code response} topics and
 * those that the configuration allows. Otherwise any client that may send requests could publish with the bridge's
 * rights. Belongs to the context of {@code MqttVerticle}.
 */
public final class ResponseTopicPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseTopicPolicy.class);
    private static final int MAX_LENGTH = 1024;

    private final String base;
    private final List<TopicFilter> own;
    private final List<TopicFilter> configured;
    private boolean refusalLogged;

    /** @param configured filters of {@code mqtt.response_topics} */
    public ResponseTopicPolicy(Topics topics, List<String> configured) {
        this.base = topics.base() + "/";
        this.own = topics.responseFilters().stream().map(TopicFilter::new).toList();
        this.configured = configured.stream().map(TopicFilter::new).toList();
    }

    /** Whether to respond at a topic chosen by a client, which may be any text that a broker accepts. */
    public boolean allows(String topic) {
        if (!isTopic(topic)) {
            return false;
        }
        // Our other topics are never open to clients, whatever is configured.
        boolean allowed = topic.startsWith(base)
                ? own.stream().anyMatch(filter -> filter.matches(topic))
                : Stream.concat(own.stream(), configured.stream()).anyMatch(filter -> filter.matches(topic));
        if (!allowed && !refusalLogged) {
            refusalLogged = true;
            LOG.warn(
                    "a client requested a response at {}, which mqtt.response_topics does not allow; responses go below"
                            + " {} only",
                    topic,
                    base);
        }
        return allowed;
    }

    private static boolean isTopic(String topic) {
        return !topic.isEmpty()
                && topic.length() <= MAX_LENGTH
                && !topic.startsWith("$")
                && topic.chars().noneMatch(sign -> sign == '+' || sign == '#' || Character.isISOControl(sign));
    }
}
