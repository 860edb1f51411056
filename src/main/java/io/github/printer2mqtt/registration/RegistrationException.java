package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.text.WireConstant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registration request was rejected. The message is one line for the user: what was found and what is expected. */
public final class RegistrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable error codes, listed in docs/reference/http.md. */
    public enum Code implements WireConstant {
        /** A field is missing, unknown or invalid. */
        INVALID_FIELD,
        /** No printer has this id. */
        PRINTER_NOT_FOUND,
        /** Another printer has this id. */
        DUPLICATE_ID,
        /** Another printer has this address. */
        DUPLICATE_ADDRESS,
        /** The bridge must not connect to the address. */
        ADDRESS_REFUSED,
        /** {@code auto} found no printer at the address. */
        DRIVER_NOT_DETECTED,
        /** Too many requests are waiting; the same request may succeed later. */
        BUSY,
        /** The database could not store it, for example because the disk is full; nothing was stored. */
        NOT_STORED
    }

    private final Code code;
    private final @Nullable String field;
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
     * Several errors as one exception with code, field and message of the first.
     *
     * @param errors at least one
     */
    public static RegistrationException of(List<RegistrationException> errors) {
        RegistrationException first = errors.get(0);
        List<RegistrationException> further = List.copyOf(errors.subList(1, errors.size()));
        return new RegistrationException(first.code, first.field, String.valueOf(first.getMessage()), further);
    }

    /** @throws RegistrationException with all errors, if there are any */
    public static void throwIfAny(List<RegistrationException> errors) {
        if (!errors.isEmpty()) {
            throw of(errors);
        }
    }

    /** Every error as an exception of its own, at least one. */
    public List<RegistrationException> all() {
        List<RegistrationException> all = new ArrayList<>();
        all.add(at(field));
        all.addAll(further);
        return List.copyOf(all);
    }

    /** This error alone, at another field. */
    public RegistrationException at(@Nullable String otherField) {
        return new RegistrationException(code, otherField, String.valueOf(getMessage()));
    }

    public Code code() {
        return code;
    }

    /** Path of the invalid field, for example {@code polling.timeout}; null if the error concerns no field. */
    public @Nullable String field() {
        return field;
    }
}
