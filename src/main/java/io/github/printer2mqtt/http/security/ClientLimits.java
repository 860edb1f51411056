package io.github.printer2mqtt.http.security;

import java.time.Duration;

/**
 * What clients may use before a request of theirs is complete.
 *
 * @param head from the first byte of a request, or from the connect, to the end of its head
 * @param body from the head to the end of the body
 * @param idle from an answer to the first byte of the next request
 * @param connections open at once
 * @param connectionsPerAddress open at once from one IP address
 * @param memory in bytes for unfinished heads and bodies of all clients together
 */
public record ClientLimits(
        Duration head, Duration body, Duration idle, int connections, int connectionsPerAddress, long memory) {
    /** The longest request line, in bytes. */
    public static final int MAX_REQUEST_LINE = 8192;

    /** All header lines of one request together, in bytes. */
    public static final int MAX_HEADERS = 16_384;

    /** An idle connection holds 8 KB, so that all of them use an eighth of the heap. */
    private static final long BYTES_PER_CONNECTION = 64 * 1024;

    private static final long MAX_CONNECTIONS = 4096;
    private static final long SHARE_OF_HEAP = 12;
    private static final long MIN_MEMORY = 1024 * 1024;
    private static final long MAX_MEMORY = 64 * MIN_MEMORY;

    /** Limits under which clients cannot exhaust a heap of that many bytes. */
    public static ClientLimits ofHeap(long maximum) {
        int connections = (int) Math.max(256, Math.min(MAX_CONNECTIONS, maximum / BYTES_PER_CONNECTION));
        return new ClientLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                connections,
                connections / 4,
                Math.max(MIN_MEMORY, Math.min(MAX_MEMORY, maximum / SHARE_OF_HEAP)));
    }
}
