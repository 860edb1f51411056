package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final Transactions transactions = new Transactions(now::get);

    @Test
    void areKnownForAMinute() {
        assertThat(transactions.isKnown("t")).isFalse();
        transactions.remember("t");
        now.addAndGet(Transactions.KEPT.toNanos() - 1);
        assertThat(transactions.isKnown("t")).isTrue();
        now.incrementAndGet();
        assertThat(transactions.isKnown("t")).isFalse();
    }

    @Test
    void areTheNewestThousand() {
        for (int i = 0; i <= Transactions.MOST; i++) {
            transactions.remember("t" + i);
        }
        assertThat(transactions.isKnown("t0")).isFalse();
        assertThat(transactions.isKnown("t1")).isTrue();
        assertThat(transactions.isKnown("t" + Transactions.MOST)).isTrue();
    }
}
