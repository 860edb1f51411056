package io.github.printer2mqtt.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Restores the level of the program's log, which all tests of a process share, after a test that changes it. */
public final class RestoredLogLevel implements TestResource {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.printer2mqtt");
    private final @Nullable Level before = logger.getLevel();

    @Override
    public void close() {
        logger.setLevel(before);
    }
}
