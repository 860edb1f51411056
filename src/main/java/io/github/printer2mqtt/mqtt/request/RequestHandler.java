package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.json.ResponseDocument;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.ResponseTopics;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.mqtt.topic.Topics.CommandTopic;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.registration.RegistrationException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands and requests from the broker, has each done at most once, and answers. What is refused before it is
 * begun may be sent again with the same transaction. Belongs to the context of {@code MqttVerticle}.
 */
public final class RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final int MOST_COMMANDS = 32;
    private static final int MOST_REQUESTS = 8;
    private static final int COMMANDS_PER_SECOND = 100;
    private static final int REQUESTS_PER_SECOND = 50;

    /** Longer than a command's own deadline, so that this one only speaks where something is broken. */
    private static final long LIMIT_MILLIS = 70_000;

    private final Context context;
    private final Topics topics;
    private final PrinterCommands commands;
    private final BridgeRequests requests;
    private final Outbox outbox;
    private final ResponseTopics responseTopics;
    private final Runnable onRateLimited;
    private final LongSupplier nanoTime;
    private final RateLimit commandRate;
    private final RateLimit emergencyRate;
    private final RateLimit requestRate;
    private final DuplicateFilter transactions;
    private final ConcurrencyLimit commandPlaces = new ConcurrencyLimit(MOST_COMMANDS, "commands");

    /** Other commands may wait for a minute; this one has no time for them. */
    private final ConcurrencyLimit emergencyPlaces = new ConcurrencyLimit(MOST_COMMANDS, "emergency stops");

    private final ConcurrencyLimit requestPlaces = new ConcurrencyLimit(MOST_REQUESTS, "requests");

    public RequestHandler(
            Context context,
            Topics topics,
            PrinterCommands commands,
            BridgeRequests requests,
            Outbox outbox,
            ResponseTopics responseTopics,
            Runnable onRateLimited,
            LongSupplier nanoTime) {
        this.context = context;
        this.topics = topics;
        this.commands = commands;
        this.requests = requests;
        this.outbox = outbox;
        this.responseTopics = responseTopics;
        this.onRateLimited = onRateLimited;
        this.nanoTime = nanoTime;
        this.commandRate = new RateLimit(COMMANDS_PER_SECOND, nanoTime);
        this.emergencyRate = new RateLimit(COMMANDS_PER_SECOND, nanoTime);
        this.requestRate = new RateLimit(REQUESTS_PER_SECOND, nanoTime);
        this.transactions = new DuplicateFilter(nanoTime);
    }

    /** Looks whether a payload is in order and allowed. */
    private interface Check {
        RequestTask of(RequestPayload payload);
    }

    /** Takes a message, which may be a command or a request. */
    public void onMessage(MqttMessage message) {
        CommandTopic command = topics.command(message.topic());
        if (command != null) {
            boolean emergency = command.verb().equals(Capability.EMERGENCY_STOP.wireName());
            if (isTooFast(emergency ? emergencyRate : commandRate, message, topics.response(command))) {
                return;
            }
            take(
                    message,
                    topics.response(command),
                    PrinterCommands.loneArgument(command),
                    payload -> commands.task(command, payload),
                    emergency ? emergencyPlaces : commandPlaces);
            return;
        }
        String verb = topics.requestVerb(message.topic());
        if (verb != null && !isTooFast(requestRate, message, topics.bridgeResponse(verb))) {
            take(message, topics.bridgeResponse(verb), null, payload -> requests.task(verb, payload), requestPlaces);
        }
    }

    /** Counts what came too fast, and answers the first of it in each second: an answer to all would be a flood, too. */
    private boolean isTooFast(RateLimit rate, MqttMessage message, Topic response) {
        RateLimit.Verdict verdict = rate.next();
        if (verdict == RateLimit.Verdict.ADMITTED) {
            return false;
        }
        onRateLimited.run();
        if (verdict == RateLimit.Verdict.REFUSED_FIRST) {
            RequestException problem = new RequestException(
                    Code.RATE_LIMITED,
                    "more than " + rate.perSecond() + " came in a second; this one and those that follow in this second"
                            + " are not done, and only this one is answered");
            refuse(ResponseTarget.of(response, message, responseTopics), null, problem);
        }
        return true;
    }

    /** @param loneArgument which argument a payload that is no object gives; null if it must be an object */
    private void take(
            MqttMessage message, Topic response, @Nullable String loneArgument, Check check, ConcurrencyLimit places) {
        ResponseTarget path = ResponseTarget.of(response, message, responseTopics);
        RequestPayload payload;
        try {
            payload = RequestPayload.parse(message.payload(), loneArgument);
        } catch (RequestException e) {
            refuse(path, null, e);
            return;
        }
        Object transaction = payload.transaction();
        String known = transaction == null ? null : message.topic() + ' ' + transaction;
        if (known != null && transactions.isKnown(known)) {
            LOG.debug("{} came again and is not done again", known);
            return;
        }
        RequestTask task;
        try {
            expectTimely(message);
            task = check.of(payload);
            places.take();
        } catch (RequestException e) {
            refuse(path, transaction, e);
            return;
        }
        if (known != null) {
            transactions.remember(known);
        }
        begun(task)
                .timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(outcome -> context.runOnContext(v -> {
                    places.release();
                    if (outcome.succeeded()) {
                        reply(path, ResponseDocument.ok(transaction, outcome.result()));
                    } else {
                        refuse(path, transaction, outcome.cause());
                    }
                }));
    }

    private void expectTimely(MqttMessage message) {
        if (message.retained()) {
            throw new RequestException(
                    Code.RETAINED_REFUSED,
                    "found a retained message, which is never done; clear it with an empty retained one and send it"
                            + " anew without retain");
        }
        Long expiresAt = message.expiresAt();
        if (expiresAt != null && nanoTime.getAsLong() - expiresAt > 0) {
            throw new RequestException(Code.EXPIRED, "it waited here longer than its message expiry interval");
        }
    }

    private static Future<byte[]> begun(RequestTask task) {
        try {
            return task.run();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void refuse(ResponseTarget path, @Nullable Object transaction, Throwable failure) {
        String message = failure.getMessage() == null ? "no more is known" : failure.getMessage();
        if (failure instanceof RequestException problem) {
            reply(path, ResponseDocument.error(transaction, problem.code().wireName(), message));
        } else if (failure instanceof CommandException problem) {
            reply(path, ResponseDocument.error(transaction, problem.code().wireName(), message));
        } else if (failure instanceof RegistrationException problem) {
            reply(path, ResponseDocument.error(transaction, problem.code().wireName(), mistakes(problem)));
        } else if (failure instanceof TimeoutException) {
            reply(path, ResponseDocument.error(transaction, "timeout", "the answer did not come in time"));
        } else {
            LOG.error("what {} asks for failed", path.topic().text(), failure);
            reply(path, ResponseDocument.error(transaction, "internal_error", "the bridge failed; its log says why"));
        }
    }

    /** An error holds one message (contract section 2), so it names them all. */
    private static String mistakes(RegistrationException problem) {
        return problem.all().stream()
                .map(one -> (one.field() == null ? "" : one.field() + ": ") + one.getMessage())
                .collect(Collectors.joining("; "));
    }

    private void reply(ResponseTarget path, byte[] document) {
        path.messages(document).forEach(message -> outbox.add(TopicKind.RESPONSE, message));
        outbox.pump();
    }

    /** Something asked over the broker that was found in order and is not yet begun. Run once at most. */
    interface RequestTask {
        /** Begins it; succeeds with the data of the answer, a JSON object. */
        Future<byte[]> run();
    }
}
