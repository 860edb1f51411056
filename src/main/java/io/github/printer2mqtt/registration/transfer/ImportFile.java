package io.github.printer2mqtt.registration.transfer;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.github.printer2mqtt.registration.csv.UploadedText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads files of any {@link ImportFormat}. Takes up to a second for the largest ones: not for an event loop. */
public final class ImportFile {
    private ImportFile() {}

    /**
     * The registrations of a file.
     *
     * @param format null to recognise it by the content
     * @param charset null for UTF-8, or UTF-16 with a byte order mark
     * @throws RegistrationException for every mistake of the file that can be found without its printers
     */
    public static RegistrationRows read(byte[] content, @Nullable ImportFormat format, @Nullable String charset) {
        String text = UploadedText.decode(content, charset);
        ImportFormat known = format == null ? ImportFormat.ofContent(text) : format;
        return switch (known) {
            case CSV -> RegistrationCsv.read(text);
            case FDM_MONSTER -> FdmMonsterExport.read(text);
            case OCTOFARM -> OctoFarmExport.read(json(text));
            case JSON -> registrations(json(text));
        };
    }

    private static RegistrationRows registrations(Object document) {
        if (OctoFarmExport.isExport(document)) {
            return OctoFarmExport.read(document);
        }
        Object rows = document instanceof JsonObject object ? object.getValue("printers") : document;
        if (rows instanceof JsonArray array) {
            return RegistrationRows.ofJson(array);
        }
        throw new RegistrationException(
                Code.INVALID_FIELD,
                null,
                "expected an array of registrations, or an object with such an array as \"printers\"");
    }

    private static Object json(String text) {
        try {
            Object document = Json.decodeValue(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
            return document == null ? "" : document;
        } catch (DecodeException e) {
            throw new RegistrationException(Code.INVALID_FIELD, null, "the file is not valid JSON: " + e.getMessage());
        }
    }
}
