package io.github.printer2mqtt.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Captures the log of a package during a test. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Level least;

    private final @Nullable Level levelBefore;

    private CapturedLog(Logger logger, Level least) {
        this.logger = logger;
        this.least = least;
        this.levelBefore = logger.getLevel();
    }

    /** Captures the warnings and errors of a package. */
    public static CapturedLog of(String name) {
        return of(name, Level.WARN);
    }

    /** Captures what a package logs at a level and above. */
    public static CapturedLog of(String name, Level least) {
        CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(name), least);
        log.setContext(Objects.requireNonNull(log.logger.getLoggerContext()));
        log.start();
        log.logger.addAppender(log);
        // Tests before this one in the same process may have left any level.
        if (!least.isGreaterOrEqual(log.logger.getEffectiveLevel())) {
            log.logger.setLevel(least);
        }
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(least)) {
            lines.add(event.getFormattedMessage());
        }
    }

    /** The lines so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.setLevel(levelBefore);
        logger.detachAppender(this);
        stop();
    }
}
