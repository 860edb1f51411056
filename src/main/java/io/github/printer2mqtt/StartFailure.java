package io.github.printer2mqtt;

import io.github.printer2mqtt.mqtt.BrokerProblem;
import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.store.StoreProblem;
import java.io.IOException;

/**
 * The bridge cannot start for a reason that its user can mend: a port is taken, the database is unusable, a slim build
 * has no embedded broker. The message is one line.
 */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String line, Throwable cause) {
        super(line, cause);
    }

    /** The failure as the user can mend it; as it is if only we can. */
    static RuntimeException of(RuntimeException failure) {
        Throwable cause = failure.getCause() instanceof IOException ? failure.getCause() : failure;
        boolean canBeMended = cause instanceof StoreProblem
                || cause instanceof BrokerProblem
                || cause instanceof InvalidValueException
                || cause instanceof IOException;
        return canBeMended ? new StartFailure(String.valueOf(cause.getMessage()), failure) : failure;
    }
}
