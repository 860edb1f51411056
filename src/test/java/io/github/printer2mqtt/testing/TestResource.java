package io.github.printer2mqtt.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test opens. As an extension, closed after the test and after its {@code @AfterEach} methods. */
public interface TestResource extends AutoCloseable, AfterEachCallback {
    @Override
    void close();

    @Override
    default void afterEach(ExtensionContext test) {
        close();
    }
}
