package io.github.printer2mqtt.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.printer2mqtt.mqtt.publish.LogPublisher;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Passes the warnings and errors of this process to a consumer while there is one. */
public final class LogbackLogFeed implements LogPublisher.LogFeed {
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
            lines.accept(LogLine.json(event));
        }
    }
}
