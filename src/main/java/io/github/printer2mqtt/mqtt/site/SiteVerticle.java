package io.github.printer2mqtt.mqtt.site;

import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.site.MirroredSite;
import io.github.printer2mqtt.site.MirroredSites;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the mirrors of all sites over a connection of its own to our broker, on one event loop, so that a flood of another bridge
 * delays nothing of ours. Publishes nothing but requests to the bridges of sites.
 */
public final class SiteVerticle extends VerticleBase implements MqttConnectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SiteVerticle.class);
    private static final long CHECK_MILLIS = 5000;
    private static final long SUBSCRIBE_SECONDS = 5;

    /** Retained messages arrive within this time after the subscription, or they are requested one by one. */
    private static final long REPLAY_MILLIS = 10_000;

    /** A broker may drop retained messages of a subscription that exceed its queue (mosquitto: 1,000). */
    private static final int MAX_MISSING = 200;

    private final BrokerConnectionOptions options;
    private final MirroredSites sites;
    private final Future<?> brokerStarted;
    private final List<SiteMessages> messages;
    private @Nullable ReconnectingMqttConnection connection;
    private @Nullable SiteRequests requests;

    /** Counts connects, so that work of an earlier connection ends. */
    private int connects;

    /**
     * @param options with a client id of its own and without a will
     * @param brokerStarted succeeds when the first attempt to connect makes sense
     */
    public SiteVerticle(BrokerConnectionOptions options, MirroredSites sites, Future<?> brokerStarted) {
        this.options = options;
        this.sites = sites;
        this.brokerStarted = brokerStarted;
        this.messages = sites.mirrors().stream().map(SiteMessages::of).toList();
    }

    @Override
    public Future<?> start() {
        if (messages.isEmpty()) {
            return Future.succeededFuture();
        }
        Context own = context;
        ReconnectingMqttConnection created = ReconnectingMqttConnection.slowingSender(vertx, options, this);
        connection = created;
        SiteRequests sender = new SiteRequests(new ContextExecutor(own), created);
        requests = sender;
        sites.sendBy(sender);
        vertx.setPeriodic(CHECK_MILLIS, tick -> sites.mirrors().forEach(MirroredSite::check));
        brokerStarted.onSuccess(started -> own.runOnContext(now -> created.open()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return connection == null ? Future.succeededFuture() : connection.close();
    }

    @Override
    public void onConnected(Session session) {
        int connect = ++connects;
        sites.mirrors().forEach(MirroredSite::onConnected);
        subscribe(connect, 0, 0);
    }

    /** One after the other, so that a broker's queue for us holds the retained messages of one filter at a time. */
    private void subscribe(int connect, int site, int filter) {
        if (connect != connects) {
            return;
        }
        if (site == messages.size()) {
            vertx.setTimer(REPLAY_MILLIS, due -> onReplayed(connect));
            return;
        }
        List<String> filters = messages.get(site).filters();
        if (filter == filters.size()) {
            subscribe(connect, site + 1, 0);
            return;
        }
        String text = filters.get(filter);
        open().subscribe(text, 1)
                .timeout(SUBSCRIBE_SECONDS, TimeUnit.SECONDS)
                .onFailure(refused -> LOG.warn("the broker refuses the subscription {} of a site", text))
                .onComplete(done -> subscribe(connect, site, filter + 1));
    }

    private void onReplayed(int connect) {
        if (connect == connects && open().isConnected()) {
            sites.mirrors().forEach(MirroredSite::onReplayed);
            requestMissing(connect);
        }
    }

    private void requestMissing(int connect) {
        for (SiteMessages each : messages) {
            Topics topics = each.topics();
            each.site().missing(MAX_MISSING).stream()
                    .map(printer -> topics.printerState(printer).text())
                    .forEach(topic -> open().subscribe(topic, 1).onSuccess(sent -> open().unsubscribe(topic)));
        }
        vertx.setTimer(REPLAY_MILLIS, due -> onReplayed(connect));
    }

    @Override
    public void onLost(String reason, Duration nextAttemptIn) {
        connects++;
        Objects.requireNonNull(requests).onLost();
        sites.mirrors().forEach(MirroredSite::onDisconnected);
    }

    /** The health of the broker, which the other connection reports, says the same. */
    @Override
    public void onConnectFailed(ConnectFailure failure, Duration nextAttemptIn) {
        LOG.debug("the sites cannot be followed: {}", failure.detail());
    }

    @Override
    public void onMessage(MqttMessage message) {
        Objects.requireNonNull(requests).onMessage(message);
        for (SiteMessages each : messages) {
            if (each.isOfSite(message.topic())) {
                each.accept(message);
                return;
            }
        }
    }

    private ReconnectingMqttConnection open() {
        return Objects.requireNonNull(connection);
    }
}
