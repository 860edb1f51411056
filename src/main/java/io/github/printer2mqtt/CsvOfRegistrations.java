package io.github.printer2mqtt;

import io.github.printer2mqtt.http.CsvCodec;
import io.github.printer2mqtt.registration.Registered;
import io.github.printer2mqtt.registration.RegistrationCsv;
import io.github.printer2mqtt.registration.RegistrationTable;
import java.util.List;

/** The table of registrations for the API's import and export. */
final class CsvOfRegistrations implements CsvCodec {
    @Override
    public RegistrationTable parse(String text) {
        return RegistrationCsv.read(text);
    }

    @Override
    public String write(List<Registered> all) {
        return RegistrationCsv.write(all);
    }
}
