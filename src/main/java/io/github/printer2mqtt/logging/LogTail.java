package io.github.printer2mqtt.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The newest lines of the log of this process, for support: bounded by number and size. Thread-safe. */
public final class LogTail {
    private static final int MAX_LINES = 2_000;
    private static final int MAX_BYTES = 512 * 1024;

    private final int maxLines;
    private final int maxBytes;
    private final Appender appender = new Appender();
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int bytes;

    public LogTail() {
        this(MAX_LINES, MAX_BYTES);
    }

    LogTail(int maxLines, int maxBytes) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
    }

    /** Keeps lines from now on. */
    public void start() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            appender.setContext(logback);
            appender.start();
            logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        }
    }

    /** Keeps no more lines. */
    public void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
            appender.stop();
        }
    }

    /** The kept lines as JSON in UTF-8, oldest first. */
    public synchronized List<byte[]> lines() {
        return new ArrayList<>(lines);
    }

    synchronized void add(byte[] line) {
        lines.addLast(line);
        bytes += line.length;
        while (lines.size() > maxLines || bytes > maxBytes) {
            bytes -= lines.removeFirst().length;
        }
    }

    private final class Appender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            add(LogLine.json(event));
        }
    }
}
