package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.text.WireConstant;

/** Why there is no picture. The message is one line for people. */
public final class PictureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable error codes, listed in docs/reference/http.md. */
    public enum Code implements WireConstant {
        /** The printer has none: its protocol, this job or its settings. */
        NO_PICTURE,
        /** The printer is offline, disabled or not yet seen; it was not asked. */
        PRINTER_OFFLINE,
        /** The printer names a place from which the bridge may not fetch. */
        PICTURE_REFUSED,
        /** The printer or camera did not answer with a picture. */
        PICTURE_FAILED,
        /** There was no complete picture within the time limit. */
        TIMEOUT,
        /** Too many pictures are being fetched. */
        BUSY
    }

    private final Code code;

    public PictureException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    static PictureException none(String message) {
        return new PictureException(Code.NO_PICTURE, message);
    }
}
