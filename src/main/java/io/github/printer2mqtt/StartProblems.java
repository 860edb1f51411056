package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.StartFailure;
import io.github.printer2mqtt.files.TemporaryFolderException;
import io.github.printer2mqtt.mqtt.BrokerProblem;
import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.store.StoreProblem;
import java.io.IOException;

/** Tells what a user can mend from what only we can, when a start fails. */
final class StartProblems {
    private StartProblems() {}

    /** The failure as one line for the user; as it is if it is a fault of ours. */
    static RuntimeException of(RuntimeException failure) {
        if (failure instanceof StoreProblem
                || failure instanceof BrokerProblem
                || failure instanceof TemporaryFolderException
                || failure instanceof InvalidValueException) {
            return new StartFailure(String.valueOf(failure.getMessage()), failure);
        }
        // A port that cannot be had comes wrapped, because it is no unchecked exception.
        return failure.getCause() instanceof IOException cause
                ? new StartFailure(String.valueOf(cause.getMessage()), failure)
                : failure;
    }
}
