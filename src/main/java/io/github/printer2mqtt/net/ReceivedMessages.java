package io.github.printer2mqtt.net;

import java.util.concurrent.atomic.LongAdder;

/** Counts what printers sent over connections that stay open, unasked or not. Thread-safe. */
public final class ReceivedMessages {
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** @param moreBytes before they are decoded, so those of incomplete messages count, too */
    public void add(int moreMessages, int moreBytes) {
        messages.add(moreMessages);
        bytes.add(moreBytes);
    }

    public long messages() {
        return messages.sum();
    }

    public long bytes() {
        return bytes.sum();
    }
}
