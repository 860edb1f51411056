package io.github.printer2mqtt.json;

import org.jspecify.annotations.Nullable;

/**
 * How the connection to the broker goes; counts are since start.
 *
 * @param connected whether there is one now
 * @param protocol {@code 5} or {@code 3.1.1}; null before the first connection
 * @param limits what the broker allows; null before the first connection
 * @param connects connections that came up
 * @param failedConnects attempts that did not
 * @param published messages the broker acknowledged
 * @param refused messages the broker refused
 * @param tooLarge messages not sent because they are larger than the broker takes
 * @param queued messages waiting or unacknowledged now
 * @param droppedEvents events lost because the broker was away too long
 * @param droppedResponses responses lost because too many waited
 * @param refusedRequests requests and commands that came too fast and were not done
 * @param droppedMessages messages from the broker lost because they came too fast
 */
public record BrokerStats(
        boolean connected,
        @Nullable String protocol,
        @Nullable Limits limits,
        long connects,
        long failedConnects,
        long published,
        long refused,
        long tooLarge,
        long queued,
        long droppedEvents,
        long droppedResponses,
        long refusedRequests,
        long droppedMessages) {
    /**
     * What a broker allows.
     *
     * @param receiveMaximum unacknowledged messages
     * @param maximumPacketSize bytes
     * @param maximumQos 0, 1 or 2
     * @param retainAvailable whether it keeps retained messages
     * @param keepAlive seconds of silence after which the bridge pings
     */
    public record Limits(
            int receiveMaximum, long maximumPacketSize, int maximumQos, boolean retainAvailable, long keepAlive) {}
}
