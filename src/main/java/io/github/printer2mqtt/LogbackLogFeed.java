package io.github.printer2mqtt;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.mqtt.publish.LogPublisher;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Passes the warnings and errors of this process to a consumer while there is one. */
final class LogbackLogFeed implements LogPublisher.LogFeed {
    private static final int MAX_LENGTH = 2000;

    @Override
    public Runnable follow(Consumer<byte[]> lines) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logback)) {
            return () -> {};
        }
        Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        Appender appender = new Appender(lines);
        appender.setContext(logback);
        appender.start();
        root.addAppender(appender);
        return () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }

    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private final Consumer<byte[]> lines;

        Appender(Consumer<byte[]> lines) {
            this.lines = lines;
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
                return;
            }
            String message = event.getFormattedMessage();
            String source = event.getLoggerName();
            lines.accept(BridgeDocuments.log(
                    event.getInstant(),
                    event.getLevel().toString(),
                    source.substring(source.lastIndexOf('.') + 1),
                    message.substring(0, Math.min(message.length(), MAX_LENGTH))));
        }
    }
}
