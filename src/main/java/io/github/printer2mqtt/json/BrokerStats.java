package io.github.printer2mqtt.json;

import org.jspecify.annotations.Nullable;

/**
 * State of the connection to the broker; counts are since the start.
 *
 * @param connected now
 * @param protocol {@code 5} or {@code 3.1.1}; null before the first connection
 * @param limits what the broker allows; null before the first connection
 * @param connects successful connects
 * @param failedConnects failed attempts
 * @param published messages the broker acknowledged
 * @param refused messages the broker refused
 * @param tooLarge messages not sent because they are larger than the broker allows
 * @param queued messages queued or unacknowledged now
 * @param droppedEvents events lost because the broker was offline too long
 * @param droppedResponses responses lost because too many were queued
 * @param refusedRequests requests and commands rejected because they arrived too fast
 * @param droppedMessages messages from the broker lost because they arrived too fast
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
     * Limits of a broker.
     *
     * @param receiveMaximum unacknowledged messages
     * @param maximumPacketSize bytes
     * @param maximumQos 0, 1 or 2
     * @param retainAvailable whether it stores retained messages
     * @param keepAlive seconds of silence after which the bridge pings
     */
    public record Limits(
            int receiveMaximum, long maximumPacketSize, int maximumQos, boolean retainAvailable, long keepAlive) {}
}
