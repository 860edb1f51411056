package io.github.printer2mqtt.wire;

import org.jspecify.annotations.Nullable;

/**
 * How the connection to the broker goes; counts are since start.
 *
 * @param connected whether there is one now
 * @param protocol {@code 5} or {@code 3.1.1}; null before the first connection
 * @param connects connections that came up
 * @param failedConnects attempts that did not
 * @param published messages the broker acknowledged
 * @param refused messages the broker refused
 * @param queued messages waiting or unacknowledged now
 * @param droppedEvents events lost because the broker was away too long
 * @param droppedMessages messages from the broker lost because they came too fast
 */
public record BrokerFigures(
        boolean connected,
        @Nullable String protocol,
        long connects,
        long failedConnects,
        long published,
        long refused,
        long queued,
        long droppedEvents,
        long droppedMessages) {}
