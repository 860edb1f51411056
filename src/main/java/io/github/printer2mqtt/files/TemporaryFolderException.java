package io.github.printer2mqtt.files;

/** The temporary folder of the system cannot be used. The message is one line that says which it is and what helps. */
public final class TemporaryFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemporaryFolderException(String line, Throwable cause) {
        super(line, cause);
    }
}
