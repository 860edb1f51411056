package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.CommandRefusedException.Reason;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReplyTimer;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches replies with commands by their number and, where the firmware repeats it, their name. Belongs to the session's event loop.
 */
final class BambuReplies {
    /** For the reply to one command. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MAX_UNANSWERED = 2;

    /** The numbers that Bambu Lab's own programs use. */
    private static final int FIRST_SEQUENCE = 20_000;

    private static final int LAST_SEQUENCE = 29_999;

    private static final long NOT_VERIFIED = 84_033_543;
    private static final long MALFORMED_SIGNATURE = 84_033_545;
    private static final String UNSIGNED =
            "the printer accepts commands in Developer mode only: switch it on in its LAN settings";

    private final Map<String, Expected> expected = new LinkedHashMap<>();
    private final Duration limit;
    private final Runnable onDead;
    private int sequence = FIRST_SEQUENCE;
    private int unanswered;

    private record Expected(String name, Promise<Void> reply) {}

    /** @param onDead called when the printer left two commands in a row without a reply */
    BambuReplies(Duration limit, Runnable onDead) {
        this.limit = limit;
        this.onDead = onDead;
    }

    String nextSequence() {
        sequence = sequence == LAST_SEQUENCE ? FIRST_SEQUENCE : sequence + 1;
        return String.valueOf(sequence);
    }

    /** Fails with a {@link CommandRefusedException}, or with a {@link PrinterException} if nothing says that it was done. */
    Future<Void> expect(String number, String name) {
        Promise<Void> reply = Promise.promise();
        expected.put(number, new Expected(name, reply));
        return ReplyTimer.within(limit, reply.future(), () -> onTimeout(number));
    }

    private PrinterException onTimeout(String number) {
        expected.remove(number);
        unanswered++;
        if (unanswered >= MAX_UNANSWERED) {
            unanswered = 0;
            onDead.run();
        }
        return new PrinterException(
                FailureReason.TIMEOUT, "the printer did not reply within " + limit.toSeconds() + " s");
    }

    void onMessage(LenientJson message) {
        for (String kind : List.of("print", "system")) {
            LenientJson reply = message.at(kind);
            String number = reply.text("sequence_id");
            Expected known = number == null ? null : expected.get(number);
            String name = reply.text("command");
            if (known != null && number != null && (name == null || name.equals(known.name))) {
                expected.remove(number);
                unanswered = 0;
                complete(known.reply, reply);
            }
        }
    }

    private static void complete(Promise<Void> promise, LenientJson reply) {
        String result = reply.text("result");
        if (result == null) {
            // Newer P1 firmware replies like this to what it does not execute.
            promise.tryFail(new PrinterException(
                    FailureReason.UNREADABLE, "the printer did not say whether it executed the command"));
        } else if (result.toLowerCase(Locale.ROOT).equals("success")) {
            promise.tryComplete();
        } else {
            promise.tryFail(new CommandRefusedException(Reason.OTHER, refusal(reply)));
        }
    }

    private static String refusal(LenientJson reply) {
        Long code = reply.whole("err_code");
        String reason = TextSanitizer.line(reply.text("reason"), 120);
        boolean isUnsigned = code != null && (code == NOT_VERIFIED || code == MALFORMED_SIGNATURE);
        return isUnsigned || (reason != null && reason.contains("verify failed"))
                ? UNSIGNED
                : "the printer refuses the command" + (reason == null ? "" : ": " + reason);
    }

    static boolean isUnsigned(@Nullable Throwable failure) {
        return failure != null && UNSIGNED.equals(failure.getMessage());
    }

    void failAll() {
        List<Expected> lost = List.copyOf(expected.values());
        expected.clear();
        lost.forEach(command -> command.reply.tryFail(new PrinterException(
                FailureReason.DISCONNECTED, "the connection was lost before the printer replied")));
    }
}
