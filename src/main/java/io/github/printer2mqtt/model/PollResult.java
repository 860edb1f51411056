package io.github.printer2mqtt.model;

/** The result of a poll: a {@link Reading} or a {@link PollFailure}. */
public sealed interface PollResult permits Reading, PollFailure {}
