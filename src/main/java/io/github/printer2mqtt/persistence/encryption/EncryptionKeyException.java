package io.github.printer2mqtt.persistence.encryption;

import org.jspecify.annotations.Nullable;

/** The key for the stored credentials is missing, wrong or unusable. The message is one line for users. */
public class EncryptionKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EncryptionKeyException(String message) {
        this(message, null);
    }

    public EncryptionKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** There is no key, or another one than that of the database. */
    public static final class LostKeyException extends EncryptionKeyException {
        private static final long serialVersionUID = 1L;

        LostKeyException(String where, String found, String usedId) {
            super(where + ": found " + found + ", expected the key " + usedId
                    + ", with which the stored credentials are"
                    + " encrypted; restore that key, or remove all stored credentials with \"printer2mqtt secrets"
                    + " discard\"");
        }
    }
}
