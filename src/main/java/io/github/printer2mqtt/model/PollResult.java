package io.github.printer2mqtt.model;

import java.util.function.Function;

/** What came of asking a printer: a {@link Reading} or a {@link PollFailure}. */
public sealed interface PollResult permits Reading, PollFailure {
    /** Calls the one of the two functions that fits. */
    <T> T fold(Function<Reading, T> onReading, Function<PollFailure, T> onMiss);
}
