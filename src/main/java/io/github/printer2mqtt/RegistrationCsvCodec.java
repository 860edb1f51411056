package io.github.printer2mqtt;

import io.github.printer2mqtt.http.CsvCodec;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import java.util.List;

/** The table of registrations for the API's import and export. */
final class RegistrationCsvCodec implements CsvCodec {
    @Override
    public RegistrationRows parse(String text) {
        return RegistrationCsv.read(text);
    }

    @Override
    public String write(List<Registration> all) {
        return RegistrationCsv.write(all);
    }
}
