package io.github.printer2mqtt.mqtt.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final DuplicateFilter transactions = new DuplicateFilter(now::get);

    @Test
    void areKnownForAMinute() {
        assertThat(transactions.isKnown("t")).isFalse();
        transactions.remember("t");
        now.addAndGet(DuplicateFilter.KEPT.toNanos() - 1);
        assertThat(transactions.isKnown("t")).isTrue();
        now.incrementAndGet();
        assertThat(transactions.isKnown("t")).isFalse();
    }

    @Test
    void areTheNewestThousand() {
        for (int i = 0; i <= DuplicateFilter.MOST; i++) {
            transactions.remember("t" + i);
        }
        assertThat(transactions.isKnown("t0")).isFalse();
        assertThat(transactions.isKnown("t1")).isTrue();
        assertThat(transactions.isKnown("t" + DuplicateFilter.MOST)).isTrue();
    }
}
