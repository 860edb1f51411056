package io.github.printer2mqtt.nodes;

/**
 * A rule that a history breaks.
 *
 * @param text where it is broken
 */
public record Breach(Rule rule, String text) {
    /** What must hold however nodes end and return. */
    public enum Rule {
        /** Each request to a printer names a node and its epoch. */
        UNNAMED_REQUEST,
        /** No printer is asked under an older epoch after a newer one. */
        OLD_REQUEST,
        /** An epoch belongs to one node. */
        SHARED_EPOCH,
        /** No printer waits longer for its poll than an interval, a lease and 5 s. */
        NOT_POLLED,
        /** No state is published under an older epoch after a newer one. */
        OLD_STATE,
        /** A printer that always answers is never called offline, nor is the bridge. */
        FALSELY_OFFLINE,
        /** No retained topic of a printer is cleared. */
        CLEARED_TOPIC,
        /** Each change of a print that one node saw before and after causes an event; any other one is at least shown. */
        LOST_EVENT,
        /** No change causes a second event. */
        REPEATED_EVENT,
        /** Nothing else causes an event. */
        INVENTED_EVENT,
        /** No command reaches its printer a second time, or without being sent. */
        REPEATED_COMMAND,
        /** A command has one answer at most, which says what happened. */
        WRONG_ANSWER
    }

    @Override
    public String toString() {
        return rule + ": " + text;
    }
}
