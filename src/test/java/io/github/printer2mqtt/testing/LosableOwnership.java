package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.cluster.Ownership;
import java.util.concurrent.atomic.AtomicBoolean;

/** The ownership of a node, held until the test loses it. Thread-safe. */
public final class LosableOwnership implements Ownership {
    private static final Holder HOLDER = new Holder("hall-a", 17);

    private final AtomicBoolean held = new AtomicBoolean(true);

    /** For good, as when the lease has run out. */
    public void lose() {
        held.set(false);
    }

    @Override
    public boolean isHeld() {
        return held.get();
    }

    @Override
    public Holder holder() {
        return HOLDER;
    }
}
