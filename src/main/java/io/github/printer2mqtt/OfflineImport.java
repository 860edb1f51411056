package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.TableFormat;
import io.github.printer2mqtt.registration.Registered;
import io.github.printer2mqtt.registration.RegistrationCsv;
import io.github.printer2mqtt.registration.RegistrationProblem;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.github.printer2mqtt.registration.RegistrationTable;
import io.github.printer2mqtt.registration.Registrations;
import io.github.printer2mqtt.registration.TableText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Registers the printers of a file while no bridge runs. Blocks, with a bound. */
final class OfflineImport {
    private OfflineImport() {}

    /** @throws RegistrationProblem about everything in the file that does not fit */
    static List<Registered> run(Registrations registrations, TableFormat format, byte[] content, Duration limit) {
        if (format == TableFormat.JSON) {
            return Bounded.await(registrations.importAll(rows(content)), limit);
        }
        RegistrationTable table = RegistrationCsv.read(TableText.decode(content, null));
        try {
            return Bounded.await(registrations.importAll(table.rows()), limit);
        } catch (RegistrationProblem e) {
            throw table.inTable(e);
        }
    }

    private static JsonArray rows(byte[] content) {
        try {
            Object document = Json.decodeValue(Buffer.buffer(content));
            Object rows = document instanceof JsonObject object ? object.getValue("printers") : document;
            if (rows instanceof JsonArray array) {
                return array;
            }
        } catch (DecodeException e) {
            throw new RegistrationProblem(Code.INVALID_FIELD, null, "the file is no JSON: " + e.getMessage());
        }
        throw new RegistrationProblem(
                Code.INVALID_FIELD,
                null,
                "expected an array of registrations, or an object with such an array as \"printers\"");
    }
}
