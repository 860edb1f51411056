package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guard itself: it sees a loop that is held up, so that its silence means something. */
@Timeout(60)
class LoopGuardTest {
    @Test
    void seesALoopThatIsHeldUp() {
        Vertx vertx = Vertx.vertx(LoopGuard.options());
        try {
            // Not at once: the first seconds of a JVM are left out.
            Await.until("it is seen", () -> isTold(vertx, Duration.ofSeconds(1)));
        } finally {
            Await.done(vertx.close());
            LoopGuard.forget();
        }
    }

    private static boolean isTold(Vertx vertx, Duration held) {
        CountDownLatch over = new CountDownLatch(1);
        vertx.runOnContext(now -> {
            holdUp(held);
            over.countDown();
        });
        Await.until("the loop goes on", () -> over.getCount() == 0);
        try {
            LoopGuard.check();
            return false;
        } catch (AssertionError told) {
            return String.valueOf(told.getMessage()).contains("LoopGuardTest.holdUp");
        }
    }

    private static void holdUp(Duration held) {
        long end = System.nanoTime() + held.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
