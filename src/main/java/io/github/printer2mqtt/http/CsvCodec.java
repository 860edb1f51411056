package io.github.printer2mqtt.http;

import io.github.printer2mqtt.registration.Registered;
import io.github.printer2mqtt.registration.RegistrationTable;
import java.util.List;

/** Registrations as CSV, one a line below a line of names. Safe for every thread; both methods run beside the event loop. */
public interface CsvCodec {
    /**
     * The rows as registrations.
     *
     * @throws io.github.printer2mqtt.registration.RegistrationProblem if the text is not such a table
     */
    RegistrationTable parse(String text);

    /** The table of all registrations, without credentials. */
    String write(List<Registered> all);
}
