package io.github.printer2mqtt.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import io.github.printer2mqtt.config.LogConfig;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/** The form of the log on standard error. */
public final class LogbackFormat {
    private LogbackFormat() {}

    /** Changes the form for the rest of the process; what is logged before, while the configuration is read, is text. */
    public static void apply(LogConfig.Format format) {
        if (format == LogConfig.Format.JSON && LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
                    JsonEncoder encoder = new JsonEncoder();
                    encoder.setContext(logback);
                    encoder.start();
                    console.setEncoder(encoder);
                }
            });
        }
    }

    private static final class JsonEncoder extends EncoderBase<ILoggingEvent> {
        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            byte[] json = LogLine.json(event);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }
}
