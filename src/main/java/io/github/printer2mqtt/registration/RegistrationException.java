package io.github.printer2mqtt.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a registration was not taken. The message is one line: what was found and what is expected. */
public final class RegistrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; their words are stable error codes, listed in docs/reference/http.md. */
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

        /** The name used in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Code code;
    private final @Nullable String field;
    // Not serialised, like the rest of what a registration is about.
    private final transient List<RegistrationException> further;

    public RegistrationException(Code code, @Nullable String field, String message) {
        this(code, field, message, List.of());
    }

    private RegistrationException(
            Code code, @Nullable String field, String message, List<RegistrationException> further) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.further = further;
    }

    /**
     * Several problems as one, whose code, field and message are those of the first.
     *
     * @param problems at least one
     */
    public static RegistrationException of(List<RegistrationException> problems) {
        RegistrationException first = problems.get(0);
        return new RegistrationException(
                first.code,
                first.field,
                String.valueOf(first.getMessage()),
                List.copyOf(problems.subList(1, problems.size())));
    }

    /** @throws RegistrationException for all of them, if there are any */
    public static void throwIfAny(List<RegistrationException> problems) {
        if (!problems.isEmpty()) {
            throw of(problems);
        }
    }

    /** This one and those it also stands for, each by itself. */
    public List<RegistrationException> all() {
        List<RegistrationException> all = new ArrayList<>();
        all.add(new RegistrationException(code, field, String.valueOf(getMessage())));
        all.addAll(further);
        return List.copyOf(all);
    }

    public Code code() {
        return code;
    }

    /** The path of the field, for example {@code polling.timeout}; null if it is about none. */
    public @Nullable String field() {
        return field;
    }
}
