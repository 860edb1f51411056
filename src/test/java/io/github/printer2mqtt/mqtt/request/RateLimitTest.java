package io.github.printer2mqtt.mqtt.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.mqtt.request.RateLimit.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long now = Long.MAX_VALUE - 500_000_000L;
    private final RateLimit limit = new RateLimit(2, () -> now);

    @Test
    void limitsMessagesPerSecondAndMarksTheFirstRefusedOne() {
        assertThat(limit.next()).isEqualTo(Verdict.ADMITTED);
        assertThat(limit.next()).isEqualTo(Verdict.ADMITTED);
        assertThat(limit.next()).isEqualTo(Verdict.REFUSED_FIRST);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.next()).isEqualTo(Verdict.REFUSED);
        }
        now += Duration.ofSeconds(1).toNanos();
        assertThat(limit.next()).isEqualTo(Verdict.ADMITTED);
        assertThat(limit.next()).isEqualTo(Verdict.ADMITTED);
        assertThat(limit.next()).isEqualTo(Verdict.REFUSED_FIRST);
    }
}
