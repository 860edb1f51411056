package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ensures that the guard detects a blocked loop, so that a passing check is meaningful. */
@Timeout(60)
class LoopGuardTest {
    @Test
    void blockedLoopIsDetected() {
        Vertx vertx = Vertx.vertx(LoopGuard.options());
        try {
            // Repeated, because the first seconds of a JVM are ignored.
            Await.until("the blocked loop is reported", () -> isReported(vertx, Duration.ofSeconds(1)));
        } finally {
            Await.done(vertx.close());
            LoopGuard.forget();
        }
    }

    private static boolean isReported(Vertx vertx, Duration blockedMillis) {
        CountDownLatch over = new CountDownLatch(1);
        vertx.runOnContext(now -> {
            block(blockedMillis);
            over.countDown();
        });
        Await.until("the loop runs again", () -> over.getCount() == 0);
        try {
            LoopGuard.check();
            return false;
        } catch (AssertionError match) {
            return String.valueOf(match.getMessage()).contains("LoopGuardTest.block");
        }
    }

    private static void block(Duration blockedMillis) {
        long end = System.nanoTime() + blockedMillis.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
