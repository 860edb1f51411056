package io.github.printer2mqtt.mqtt.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final DuplicateFilter transactions = new DuplicateFilter(now::get);

    @Test
    void transactionsAreKnownForAMinute() {
        assertThat(transactions.isKnown("t")).isFalse();
        transactions.remember("t");
        now.addAndGet(DuplicateFilter.RETENTION.toNanos() - 1);
        assertThat(transactions.isKnown("t")).isTrue();
        now.incrementAndGet();
        assertThat(transactions.isKnown("t")).isFalse();
    }

    @Test
    void newestThousandTransactionsAreKnown() {
        for (int i = 0; i <= DuplicateFilter.CAPACITY; i++) {
            transactions.remember("t" + i);
        }
        assertThat(transactions.isKnown("t0")).isFalse();
        assertThat(transactions.isKnown("t1")).isTrue();
        assertThat(transactions.isKnown("t" + DuplicateFilter.CAPACITY)).isTrue();
    }
}
