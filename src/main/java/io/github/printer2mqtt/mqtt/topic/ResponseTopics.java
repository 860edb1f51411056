package io.github.printer2mqtt.mqtt.topic;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the bridge answers if an MQTT 5 client names a response topic: below its own {@code response} topics and where the
 * configuration allows it. Anywhere else a client that may publish requests would publish with our rights. Belongs to the
 * context of {@code MqttVerticle}.
 */
public final class ResponseTopics {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseTopics.class);
    private static final int LONGEST = 1024;

    private final String base;
    private final List<TopicFilter> own;
    private final List<TopicFilter> configured;
    private boolean told;

    /** @param configured filters of {@code mqtt.response_topics} */
    public ResponseTopics(Topics topics, List<String> configured) {
        this.base = topics.base() + "/";
        this.own = topics.responseFilters().stream().map(TopicFilter::new).toList();
        this.configured = configured.stream().map(TopicFilter::new).toList();
    }

    /** Whether to answer at a topic that a client named; it may be anything that a broker passes on. */
    public boolean allows(String topic) {
        if (!isTopic(topic)) {
            return false;
        }
        // What else we publish below our base topic is never for others to write, whatever is configured.
        boolean allowed = topic.startsWith(base)
                ? own.stream().anyMatch(filter -> filter.matches(topic))
                : Stream.concat(own.stream(), configured.stream()).anyMatch(filter -> filter.matches(topic));
        if (!allowed && !told) {
            told = true;
            LOG.warn(
                    "a client wants its response at {}, which mqtt.response_topics does not allow: it is answered below"
                            + " {} only",
                    topic,
                    base);
        }
        return allowed;
    }

    private static boolean isTopic(String topic) {
        return !topic.isEmpty()
                && topic.length() <= LONGEST
                && !topic.startsWith("$")
                && topic.chars().noneMatch(sign -> sign == '+' || sign == '#' || Character.isISOControl(sign));
    }
}
