package io.github.printer2mqtt.registration;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a registration was not taken. The message is one line: what was found and what is expected. */
public final class RegistrationProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; their words are the stable codes of the contract. */
    public enum Code {
        /** A field is missing, unknown or does not fit its grammar. */
        INVALID_FIELD,
        /** No such printer. */
        PRINTER_NOT_FOUND,
        /** The given id exists. */
        DUPLICATE_ID,
        /** The address is registered already. */
        DUPLICATE_ADDRESS,
        /** The address may not be asked. */
        ADDRESS_REFUSED,
        /** {@code auto} found no printer at the address. */
        DRIVER_NOT_DETECTED,
        /** Too many wait already; the same may be asked again later. */
        BUSY,
        /** The database cannot take it now, because of the disk for example; nothing was stored. */
        NOT_STORED;

        /** The word used in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Code code;
    private final @Nullable String field;

    public RegistrationProblem(Code code, @Nullable String field, String message) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
    }

    public Code code() {
        return code;
    }

    /** The path of the field, for example {@code polling.timeout}; null if it is about none. */
    public @Nullable String field() {
        return field;
    }
}
