package io.github.printer2mqtt.driver;

import io.vertx.core.buffer.Buffer;

/** What a session knows of a picture. Nothing of it is checked yet: neither the bytes nor where a link leads. */
public sealed interface FoundPicture {
    /** Which picture of a printer. */
    enum Kind {
        /** Of the print that runs, as the slicer or the printer drew it. */
        THUMBNAIL,
        /** What the camera sees now. */
        SNAPSHOT
    }

    /** The printer has no such picture, at least not now. */
    record None() implements FoundPicture {}

    /** The picture itself, from the printer's own server. */
    record Bytes(Buffer bytes) implements FoundPicture {}

    /**
     * On another port of the printer's host, by plain HTTP and without credentials.
     *
     * @param path with leading slash and query
     */
    record AtPort(int port, String path) implements FoundPicture {}

    /**
     * At an absolute URL that the printer names. It is fetched without credentials, and only from the printer's own host or from one that
     * the configuration names.
     */
    record AtUrl(String url) implements FoundPicture {}
}
