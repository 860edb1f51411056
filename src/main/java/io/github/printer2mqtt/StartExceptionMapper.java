package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.text.InvalidValueException;
import java.io.IOException;

/** Tells what a user can mend from what only we can, when a start fails. */
final class StartExceptionMapper {
    private StartExceptionMapper() {}

    /** The failure as one line for the user; as it is if it is a fault of ours. */
    static RuntimeException of(RuntimeException failure) {
        if (failure instanceof DatabaseException
                || failure instanceof EmbeddedBroker.BrokerStartException
                || failure instanceof TemporaryFolder.TemporaryFolderException
                || failure instanceof InvalidValueException) {
            return new StartException(String.valueOf(failure.getMessage()), failure);
        }
        // A port that cannot be had comes wrapped, because it is no unchecked exception.
        return failure.getCause() instanceof IOException cause
                ? new StartException(String.valueOf(cause.getMessage()), failure)
                : failure;
    }
}
