package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.StartFailure;
import io.github.printer2mqtt.mqtt.BrokerProblem;
import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.store.StoreProblem;
import java.io.IOException;

/** Tells what a user can mend from what only we can, when a start fails. */
final class StartProblems {
    private StartProblems() {}

    /** The failure as one line for the user; as it is if it is a fault of ours. */
    static RuntimeException of(RuntimeException failure) {
        Throwable cause = failure.getCause() instanceof IOException ? failure.getCause() : failure;
        boolean canBeMended = cause instanceof StoreProblem
                || cause instanceof BrokerProblem
                || cause instanceof InvalidValueException
                || cause instanceof IOException;
        return canBeMended ? new StartFailure(String.valueOf(cause.getMessage()), failure) : failure;
    }
}
