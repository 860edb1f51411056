package io.github.printer2mqtt.bench.farm;

import java.util.EnumSet;
import java.util.Set;

/** The behaviour of a simulated printer. */
enum PrinterBehaviour {
    /** Responds in 50 to 150 ms. */
    HEALTHY,
    /** Healthy, but not registered at the start and not measured. */
    SPARE,
    /** Accepts connections and never responds. */
    SILENT,
    /** Drops SYNs. */
    DROPPING,
    /** Responds after 2 s. */
    SLOW,
    /** Alternates between healthy and resetting every connection, 3.5 s each. */
    FLAPPING,
    /** Refuses connections, because nothing listens on its port. */
    REFUSED,
    /** Closes each connection after accepting it. */
    CLOSES,
    /** Resets the connection on a request. */
    RESETS,
    /** Sends one byte of a header every 100 ms without end. */
    DRIPS,
    /** Sends headers without end. */
    ENDLESS_HEADERS,
    /** Sends chunks without end. */
    ENDLESS_BODY,
    /** Announces and sends a gigabyte. */
    HUGE_BODY,
    /** Sends half of the announced body, then closes. */
    CUT_BODY,
    /** Sends half of the announced body, then nothing. */
    STALLED_BODY,
    /** Responds with a web page. */
    HTML,
    /** Responds with bytes that are not JSON. */
    GARBAGE,
    /** Responds with truncated JSON. */
    BROKEN_JSON,
    /** Responds with ten thousand nested arrays. */
    DEEP_JSON,
    /** Responds with the greeting of another protocol. */
    NO_HTTP,
    /** Sends interim responses without end. */
    ENDLESS_INTERIM,
    /** Responds with 500. */
    FAILS,
    /** Responds with 404. */
    NOT_FOUND,
    /** Responds with 401. */
    UNAUTHORIZED,
    /** Responds with 403. */
    FORBIDDEN,
    /** Responds with a redirect. */
    REDIRECTS,
    /** Responds with 503. */
    UNAVAILABLE,
    /** Declares an uncompressed body as gzip. */
    LYING_ENCODING;

    private static final Set<PrinterBehaviour> NOT_ROGUE = EnumSet.of(HEALTHY, SPARE, FLAPPING);

    /** One of each permanently faulty behaviour. */
    static Set<PrinterBehaviour> everyBadKind() {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_ROGUE));
    }

    /** True if it responds like a printer, even if late. */
    boolean answersLikePrinter() {
        return this == HEALTHY || this == SPARE || this == SLOW || this == FLAPPING;
    }
}
