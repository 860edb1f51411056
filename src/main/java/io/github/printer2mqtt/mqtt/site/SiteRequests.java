package io.github.printer2mqtt.mqtt.site;

import io.github.printer2mqtt.json.ClientJson;
import io.github.printer2mqtt.json.ClientJson.InvalidJsonException;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.site.MirroredSite;
import io.github.printer2mqtt.site.MirroredSites;
import io.github.printer2mqtt.site.SiteRequestException;
import io.github.printer2mqtt.text.TextSanitizer;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands and requests to the bridges of sites, each once, and waits for the response with its transaction. Its state
 * belongs to the context of the connection; the methods of {@link MirroredSites.Requests} are safe for every thread.
 */
final class SiteRequests implements MirroredSites.Requests {
    /** Longer than the 60 s of a command at its printer, after which the site's bridge responds in any case. */
    private static final Duration RESPONSE_TIME = Duration.ofSeconds(65);

    /** A command that a broker delivers later than that would surprise the people at the printer. */
    private static final Duration EXPIRY = Duration.ofSeconds(10);

    private static final int MAX_PENDING = 64;
    private static final int MAX_RESPONSE_BYTES = 16 * 1024;
    private static final int MAX_CODE = 64;
    private static final int MAX_MESSAGE = 512;

    private final ContextExecutor executor;
    private final ReconnectingMqttConnection connection;
    private final Map<String, Pending> pending = new HashMap<>();

    /** @param responseTopic where the response is expected */
    private record Pending(String responseTopic, Promise<Void> response) {}

    SiteRequests(ContextExecutor executor, ReconnectingMqttConnection connection) {
        this.executor = executor;
        this.connection = connection;
    }

    @Override
    public Future<Void> execute(MirroredSite site, PrinterId printer, Verb verb, JsonObject arguments) {
        Topics topics = new Topics(site.config().baseTopic());
        String topic = topics.printerCommand(printer, verb);
        String response = topics.response(new Topics.CommandTopic(printer.value(), verb.wireName()))
                .text();
        return executor.call(() -> send(site, topic, response, arguments));
    }

    @Override
    public Future<Void> acknowledge(MirroredSite site, PrinterId printer, AlertCode code) {
        String verb = "alerts/acknowledge";
        Topics topics = new Topics(site.config().baseTopic());
        JsonObject arguments = new JsonObject().put("id", printer.value()).put("code", code.wireName());
        return executor.call(() -> send(
                site, topics.bridgeRequest(verb), topics.bridgeResponse(verb).text(), arguments));
    }

    private Future<Void> send(MirroredSite site, String topic, String responseTopic, JsonObject arguments) {
        String name = site.config().name();
        if (!site.isReachable() || !connection.isConnected()) {
            return failed(
                    SiteRequestException.SITE_UNREACHABLE, "the site " + name + " cannot be reached; nothing was sent");
        }
        if (pending.size() >= MAX_PENDING) {
            return failed(SiteRequestException.BUSY, MAX_PENDING + " requests to sites are running already");
        }
        String transaction = UUID.randomUUID().toString();
        Promise<Void> response = Promise.promise();
        pending.put(transaction, new Pending(responseTopic, response));
        byte[] payload = Json.bytes(arguments.copy().put("transaction", transaction));
        connection
                .publish(MqttMessage.expiring(topic, payload, 1, System.nanoTime() + EXPIRY.toNanos()))
                .onFailure(refused -> response.tryFail(new SiteRequestException(
                        SiteRequestException.OUTCOME_UNKNOWN,
                        "our broker did not confirm the request to the site " + name)));
        return response.future()
                .timeout(RESPONSE_TIME.toSeconds(), TimeUnit.SECONDS)
                .recover(failure -> failure instanceof TimeoutException
                        ? failed(
                                SiteRequestException.OUTCOME_UNKNOWN,
                                "the site " + name + " did not respond within " + RESPONSE_TIME.toSeconds()
                                        + " s; the request may have been carried out")
                        : Future.failedFuture(failure))
                .onComplete(done -> executor.execute(() -> pending.remove(transaction)));
    }

    /** A response with another transaction belongs to another client. */
    void onMessage(MqttMessage message) {
        if (message.payload().length > MAX_RESPONSE_BYTES || pending.isEmpty()) {
            return;
        }
        JsonObject response = object(message.payload());
        Pending waiting = response != null && response.getValue("transaction") instanceof String transaction
                ? pending.get(transaction)
                : null;
        if (response == null || waiting == null || !waiting.responseTopic().equals(message.topic())) {
            return;
        }
        if ("ok".equals(response.getValue("status"))) {
            waiting.response().tryComplete();
        } else {
            waiting.response().tryFail(error(response.getValue("error")));
        }
    }

    /** What was sent and not answered may have been carried out. */
    void onLost() {
        List.copyOf(pending.values())
                .forEach(each -> each.response()
                        .tryFail(new SiteRequestException(
                                SiteRequestException.OUTCOME_UNKNOWN,
                                "the connection to our broker was lost before the site responded")));
    }

    private static SiteRequestException error(@Nullable Object error) {
        JsonObject fields = error instanceof JsonObject object ? object : new JsonObject();
        return new SiteRequestException(
                text(fields.getValue("code"), MAX_CODE, "unknown"),
                text(fields.getValue("message"), MAX_MESSAGE, "the site's bridge gave no reason"));
    }

    private static String text(@Nullable Object value, int maxLength, String otherwise) {
        String line = value instanceof String text ? TextSanitizer.line(text, maxLength) : null;
        return Objects.requireNonNullElse(line, otherwise);
    }

    private static @Nullable JsonObject object(byte[] payload) {
        try {
            return ClientJson.read(payload) instanceof JsonObject object ? object : null;
        } catch (InvalidJsonException e) {
            return null; // such a response belongs to nobody
        }
    }

    private static Future<Void> failed(String code, String message) {
        return Future.failedFuture(new SiteRequestException(code, message));
    }
}
