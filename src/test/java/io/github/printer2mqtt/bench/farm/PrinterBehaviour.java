package io.github.printer2mqtt.bench.farm;

import java.util.EnumSet;
import java.util.Set;

/** How a simulated printer behaves. */
enum PrinterBehaviour {
    /** Answers in 50 to 150 ms. */
    HEALTHY,
    /** As healthy, but nobody registered it at the start and no clock is kept for it. */
    SPARE,
    /** Accepts and never answers. */
    SILENT,
    /** Does not even accept: its SYNs are dropped. */
    DROPPING,
    /** Answers after 2 s. */
    SLOW,
    /** Healthy for 3.5 s, then resets every connection for 3.5 s, and so on. */
    FLAPPING,
    /** Nobody listens at its port. */
    REFUSED,
    /** Closes each connection as soon as it is there. */
    CLOSES,
    /** Resets the connection when asked. */
    RESETS,
    /** A byte of a header every 100 ms, for ever. */
    DRIPS,
    /** Headers without an end. */
    ENDLESS_HEADERS,
    /** Chunks without an end. */
    ENDLESS_BODY,
    /** Announces a gigabyte and sends it. */
    HUGE_BODY,
    /** Half of what it announces, then it closes. */
    CUT_BODY,
    /** Half of what it announces, then nothing more. */
    STALLED_BODY,
    /** A web page. */
    HTML,
    /** Bytes that are no JSON. */
    GARBAGE,
    /** JSON that ends in the middle. */
    BROKEN_JSON,
    /** Ten thousand arrays in each other. */
    DEEP_JSON,
    /** Another program's greeting. */
    NO_HTTP,
    /** Interim answers for ever. */
    ENDLESS_INTERIM,
    /** 500. */
    FAILS,
    /** 404. */
    NOT_FOUND,
    /** 401. */
    UNAUTHORIZED,
    /** 403. */
    FORBIDDEN,
    /** Sends elsewhere. */
    REDIRECTS,
    /** 503. */
    UNAVAILABLE,
    /** Says that its plain body is compressed. */
    LYING_ENCODING;

    private static final Set<PrinterBehaviour> NOT_ROGUE = EnumSet.of(HEALTHY, SPARE, FLAPPING);

    /** One of each kind that is bad all the time. */
    static Set<PrinterBehaviour> everyBadKind() {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_ROGUE));
    }

    /** Whether it answers like a printer, be it late. */
    boolean answersLikePrinter() {
        return this == HEALTHY || this == SPARE || this == SLOW || this == FLAPPING;
    }
}
