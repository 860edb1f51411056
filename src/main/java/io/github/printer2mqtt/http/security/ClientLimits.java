package io.github.printer2mqtt.http.security;

import java.time.Duration;

/**
 * Limits of connections and unfinished requests.
 *
 * @param head time from the connect or the first byte of a request to the end of its head
 * @param body time from the end of the head to the end of the body
 * @param idle time from a response to the first byte of the next request
 * @param connections maximum of open connections
 * @param connectionsPerAddress the same for one IP address
 * @param memory bytes for the unfinished heads and bodies of all clients
 */
public record ClientLimits(
        Duration head, Duration body, Duration idle, int connections, int connectionsPerAddress, long memory) {
    /** The maximum length of a request line, in bytes. */
    public static final int MAX_REQUEST_LINE = 8192;

    /** The maximum size of all header lines of a request, in bytes. */
    public static final int MAX_HEADERS = 16_384;

    /** An idle connection uses 8 KB, so all connections use at most an eighth of the heap. */
    private static final long BYTES_PER_CONNECTION = 64 * 1024;

    private static final long MAX_CONNECTIONS = 4096;

    /** Connections that a bridge accepts if at most a quarter of its files are needed for them. */
    private static final long USUAL_CONNECTIONS = 256;

    /** The unfinished requests of all clients use at most a twelfth of the heap. */
    private static final long MEMORY_DIVISOR = 12;

    private static final long MIN_MEMORY = 1024 * 1024;
    private static final long MAX_MEMORY = 64 * MIN_MEMORY;

    /** Maximum of open streams, so that they never take the connections that other requests need. */
    public int streams() {
        return Math.max(1, connections / 2);
    }

    /**
     * Limits that keep clients from exhausting the process.
     *
     * @param heap its maximum in bytes
     * @param files that may be open: printers, the broker and the database need most of them
     */
    public static ClientLimits of(long heap, long files) {
        long ofHeap = Math.max(USUAL_CONNECTIONS, Math.min(MAX_CONNECTIONS, heap / BYTES_PER_CONNECTION));
        long ofFiles = Math.max(Math.min(USUAL_CONNECTIONS, files / 4), files / 10);
        int connections = (int) Math.min(ofHeap, ofFiles);
        return new ClientLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                connections,
                connections / 4,
                Math.max(MIN_MEMORY, Math.min(MAX_MEMORY, heap / MEMORY_DIVISOR)));
    }
}
