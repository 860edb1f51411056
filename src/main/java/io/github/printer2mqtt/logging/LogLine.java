package io.github.printer2mqtt.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.model.PrinterId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One event of the log as JSON, without a line break. */
final class LogLine {
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_EXCEPTION = 8_000;

    /** JSON does not escape these, and some programs end a line at them. */
    private static final Pattern LINE_ENDS = Pattern.compile("[\\u0085\\u2028\\u2029]");

    /** Of the newest event, which each appender gets before the next one of that thread. */
    private static final AtomicReference<@Nullable Encoded> NEWEST = new AtomicReference<>();

    private LogLine() {}

    private static final class Encoded {
        private final ILoggingEvent event;
        private final byte[] json;

        Encoded(ILoggingEvent event, byte[] json) {
            this.event = event;
            this.json = json;
        }
    }

    /** Encodes an event once for all appenders, which must not change the bytes. */
    static byte[] json(ILoggingEvent event) {
        Encoded newest = NEWEST.get();
        if (newest != null && newest.event == event) {
            return newest.json;
        }
        byte[] json = encode(event);
        NEWEST.set(new Encoded(event, json));
        return json;
    }

    private static byte[] encode(ILoggingEvent event) {
        String logger = event.getLoggerName();
        IThrowableProxy failure = event.getThrowableProxy();
        return BridgeDocuments.log(
                event.getInstant(),
                event.getLevel().toString(),
                logger.substring(logger.lastIndexOf('.') + 1),
                bounded(event.getFormattedMessage(), MAX_MESSAGE),
                printer(event.getArgumentArray()),
                failure == null ? null : bounded(ThrowableProxyUtil.asString(failure), MAX_EXCEPTION));
    }

    /** The first printer among the arguments of the message, which is the one that it is about. */
    private static @Nullable PrinterId printer(Object @Nullable [] arguments) {
        if (arguments != null) {
            for (Object argument : arguments) {
                if (argument instanceof PrinterId printer) {
                    return printer;
                }
            }
        }
        return null;
    }

    private static String bounded(@Nullable String text, int max) {
        String known = text == null ? "" : text;
        String shortened = known.length() <= max ? known : known.substring(0, max) + "…";
        return LINE_ENDS.matcher(shortened).replaceAll(" ");
    }
}
