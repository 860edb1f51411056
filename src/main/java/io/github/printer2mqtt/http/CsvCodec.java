package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import java.util.List;

/** Registrations as CSV, one a line below a line of names. Safe for every thread; both methods run beside the event loop. */
public interface CsvCodec {
    /**
     * The rows as registrations.
     *
     * @throws io.github.printer2mqtt.registration.RegistrationException if the text is not such a table
     */
    RegistrationRows parse(String text);

    /** The table of all registrations, without credentials. */
    String write(List<Registration> all);
}
