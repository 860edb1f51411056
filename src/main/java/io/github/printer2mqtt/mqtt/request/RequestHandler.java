package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.backup.BackupException;
import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.json.ResponseDocument;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.access.Origin;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.ResponseTopicPolicy;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.mqtt.topic.Topics.CommandTopic;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.service.LoggingRegistrationService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes commands and requests from the broker at most once each and publishes the responses. A message rejected
 * before execution may be sent again with the same transaction. Belongs to the context of {@code MqttVerticle}.
 */
public final class RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final int MAX_COMMANDS = 32;
    private static final int MAX_REQUESTS = 8;
    private static final int COMMANDS_PER_SECOND = 100;
    private static final int REQUESTS_PER_SECOND = 50;

    /** Longer than any command's own deadline, so that it applies only if something is broken. */
    private static final long TIMEOUT_MILLIS = 70_000;

    private final Context context;
    private final Topics topics;
    private final PrinterCommands commands;
    private final BridgeRequests requests;
    private final Outbox outbox;
    private final ResponseTopicPolicy responseTopics;
    private final Runnable onRateLimited;
    private final RateLimit commandRate = new RateLimit(COMMANDS_PER_SECOND, System::nanoTime);
    private final RateLimit emergencyRate = new RateLimit(COMMANDS_PER_SECOND, System::nanoTime);
    private final RateLimit requestRate = new RateLimit(REQUESTS_PER_SECOND, System::nanoTime);
    private final DuplicateFilter transactions = new DuplicateFilter(System::nanoTime);
    private final ConcurrencyLimit commandPermits = new ConcurrencyLimit(MAX_COMMANDS, "commands");

    /** Separate, because other commands may occupy their permits for a minute. */
    private final ConcurrencyLimit emergencyPermits = new ConcurrencyLimit(MAX_COMMANDS, "emergency stops");

    private final ConcurrencyLimit requestPermits = new ConcurrencyLimit(MAX_REQUESTS, "requests");

    /** @param onRateLimited called for each message above the rate limit */
    public RequestHandler(
            Context context,
            MqttDependencies dependencies,
            Outbox outbox,
            RetainedTopicScan scan,
            Runnable onRateLimited) {
        MqttDependencies.RequestServices services = dependencies.services();
        RefreshRequests refresh =
                new RefreshRequests(dependencies.fleet(), services.monitoring(), dependencies.topics(), outbox);
        this.context = context;
        this.topics = dependencies.topics();
        this.commands = new PrinterCommands(dependencies, refresh);
        this.requests = new BridgeRequests(
                dependencies, new LoggingRegistrationService(services.registrations(), Origin.mqtt()), refresh, scan);
        this.outbox = outbox;
        this.responseTopics = new ResponseTopicPolicy(
                topics, dependencies.facts().config().mqtt().responseTopics());
        this.onRateLimited = onRateLimited;
    }

    /** Validates a payload. */
    private interface Check {
        RequestTask of(RequestPayload payload);
    }

    public void onMessage(MqttMessage message) {
        CommandTopic command = topics.command(message.topic());
        if (command != null) {
            boolean emergency = command.verb().equals(Verb.EMERGENCY_STOP.wireName());
            if (isTooFast(emergency ? emergencyRate : commandRate, message, topics.response(command))) {
                return;
            }
            handle(
                    message,
                    topics.response(command),
                    PrinterCommands.scalarArgument(command),
                    payload -> commands.task(command, payload),
                    emergency ? emergencyPermits : commandPermits);
            return;
        }
        String verb = topics.requestVerb(message.topic());
        if (verb != null && !isTooFast(requestRate, message, topics.bridgeResponse(verb))) {
            handle(message, topics.bridgeResponse(verb), null, payload -> requests.task(verb, payload), requestPermits);
        }
    }

    /**
     * Counts messages above the rate limit and responds to the first in each second; more responses would be a flood,
     * too.
     */
    private boolean isTooFast(RateLimit rate, MqttMessage message, Topic response) {
        RateLimit.Verdict verdict = rate.next();
        if (verdict == RateLimit.Verdict.ADMITTED) {
            return false;
        }
        onRateLimited.run();
        if (verdict == RateLimit.Verdict.REFUSED_FIRST) {
            RequestException problem = new RequestException(
                    Code.RATE_LIMITED,
                    "more than " + rate.perSecond()
                            + " messages in one second; this one and the rest of this second are"
                            + " ignored, and only this one gets a response");
            respondError(ResponseTarget.of(response, message, responseTopics), null, problem);
        }
        return true;
    }

    /** @param scalarArgument the argument given by a payload that is no object; null if it must be an object */
    private void handle(
            MqttMessage message,
            Topic response,
            @Nullable String scalarArgument,
            Check check,
            ConcurrencyLimit permits) {
        ResponseTarget target = ResponseTarget.of(response, message, responseTopics);
        RequestPayload payload;
        try {
            payload = RequestPayload.parse(message.payload(), scalarArgument);
        } catch (RequestException e) {
            respondError(target, null, e);
            return;
        }
        Object transaction = payload.transaction();
        String known = transaction == null ? null : message.topic() + ' ' + transaction;
        if (known != null && transactions.isKnown(known)) {
            LOG.debug("{} is a duplicate and is ignored", known);
            return;
        }
        RequestTask task;
        try {
            expectTimely(message);
            task = check.of(payload);
            permits.acquire();
        } catch (RequestException e) {
            respondError(target, transaction, e);
            return;
        }
        if (known != null) {
            transactions.remember(known);
        }
        run(task)
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(outcome -> context.runOnContext(v -> {
                    permits.release();
                    if (outcome.succeeded()) {
                        respond(target, ResponseDocument.ok(transaction, outcome.result()));
                    } else {
                        respondError(target, transaction, outcome.cause());
                    }
                }));
    }

    private void expectTimely(MqttMessage message) {
        if (message.retained()) {
            throw new RequestException(
                    Code.RETAINED_REFUSED,
                    "found a retained message, which is never executed; clear it with an empty retained message and"
                            + " send it again without retain");
        }
        Long expiresAt = message.expiresAt();
        if (expiresAt != null && System.nanoTime() - expiresAt > 0) {
            throw new RequestException(Code.EXPIRED, "the message expiry interval has passed");
        }
    }

    private static Future<byte[]> run(RequestTask task) {
        try {
            return task.run();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void respondError(ResponseTarget target, @Nullable Object transaction, Throwable failure) {
        String message = failure.getMessage() == null ? "unknown error" : failure.getMessage();
        if (failure instanceof RequestException problem) {
            respond(target, ResponseDocument.error(transaction, problem.code().wireName(), message));
        } else if (failure instanceof CommandException problem) {
            respond(target, ResponseDocument.error(transaction, problem.code().wireName(), message));
        } else if (failure instanceof RegistrationException problem) {
            respond(target, ResponseDocument.error(transaction, problem.code().wireName(), errorTexts(problem)));
        } else if (failure instanceof BackupException problem) {
            respond(target, ResponseDocument.error(transaction, problem.code().wireName(), message));
        } else if (failure instanceof TimeoutException) {
            respond(target, ResponseDocument.error(transaction, "timeout", "no response in time"));
        } else {
            LOG.error(
                    "the request with the response topic {} failed",
                    target.topic().text(),
                    failure);
            respond(
                    target,
                    ResponseDocument.error(transaction, "internal_error", "internal error; see the log of the bridge"));
        }
    }

    /** An error has one message, so it names all mistakes. */
    private static String errorTexts(RegistrationException problem) {
        return problem.all().stream()
                .map(one -> (one.field() == null ? "" : one.field() + ": ") + one.getMessage())
                .collect(Collectors.joining("; "));
    }

    private void respond(ResponseTarget target, byte[] document) {
        target.messages(document).forEach(message -> outbox.add(TopicKind.RESPONSE, message));
        outbox.pump();
    }

    /** A validated command or request. Run at most once. */
    interface RequestTask {
        /** Succeeds with the data of the response, a JSON object. */
        Future<byte[]> run();
    }
}
