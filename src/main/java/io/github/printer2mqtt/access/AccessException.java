package io.github.printer2mqtt.access;

import io.github.printer2mqtt.text.WireConstant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request about access was rejected. The message is one line for the user and contains no secret. */
public final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable error codes, listed in docs/reference/http.md. */
    public enum Code implements WireConstant {
        /** User or password is wrong; it is not said which. */
        LOGIN_FAILED,
        /** The current password is not that of the user. */
        WRONG_PASSWORD,
        /** The setup code is wrong. */
        SETUP_CODE_WRONG,
        /** An administrator exists already, or none is needed. */
        SETUP_DONE,
        /** Too many wrong attempts from this address or for this user. */
        TOO_MANY_ATTEMPTS,
        INVALID_FIELD,
        USER_NOT_FOUND,
        TOKEN_NOT_FOUND,
        DUPLICATE_USER,
        /** The last administrator cannot be removed. */
        LAST_ADMINISTRATOR,
        /** Too many passwords are being checked. */
        BUSY,
        /** The database cannot store it now; nothing has changed. */
        NOT_STORED,
        /** The users have not been read yet. */
        STARTING
    }

    private final Code code;
    private final @Nullable String field;
    private final transient @Nullable Duration retryAfter;

    private AccessException(Code code, @Nullable String field, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    static AccessException of(Code code, String message) {
        return new AccessException(code, null, message, null);
    }

    static AccessException ofField(Code code, String field, String message) {
        return new AccessException(code, field, message, null);
    }

    static AccessException later(Code code, String message, Duration retryAfter) {
        return new AccessException(code, null, message, retryAfter);
    }

    public Code code() {
        return code;
    }

    /** The wrong field; null if the error concerns none. */
    public @Nullable String field() {
        return field;
    }

    /** After which time the same request may succeed; null if time does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
