package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.RegistrationFormat;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.github.printer2mqtt.registration.csv.UploadedText;
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

    /** @throws RegistrationException about everything in the file that does not fit */
    static List<Registration> run(
            RegistrationService registrations, RegistrationFormat format, byte[] content, Duration limit) {
        if (format == RegistrationFormat.JSON) {
            return BlockingWait.await(registrations.importAll(rows(content)), limit);
        }
        RegistrationRows table = RegistrationCsv.read(UploadedText.decode(content, null));
        try {
            return BlockingWait.await(registrations.importAll(table.rows()), limit);
        } catch (RegistrationException e) {
            throw table.withLines(e);
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
            throw new RegistrationException(Code.INVALID_FIELD, null, "the file is no JSON: " + e.getMessage());
        }
        throw new RegistrationException(
                Code.INVALID_FIELD,
                null,
                "expected an array of registrations, or an object with such an array as \"printers\"");
    }
}
