package io.github.printer2mqtt.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Captures the log of a package during a test, at all levels and with stack traces. */
public final class CapturedTrace extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level before;
    private final boolean additive;
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    private CapturedTrace(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
        this.additive = logger.isAdditive();
    }

    /** Captures a package, whose log does not reach other appenders meanwhile. */
    public static CapturedTrace of(String name) {
        CapturedTrace log = new CapturedTrace((Logger) LoggerFactory.getLogger(name));
        log.setContext(Objects.requireNonNull(log.logger.getLoggerContext()));
        log.start();
        log.logger.setLevel(Level.TRACE);
        log.logger.setAdditive(false);
        log.logger.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String trace = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap() + trace);
    }

    /** The log so far. */
    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        logger.setAdditive(additive);
        stop();
    }
}
