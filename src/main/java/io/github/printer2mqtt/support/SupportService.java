package io.github.printer2mqtt.support;

import io.vertx.core.Future;

/** Makes an archive for support. Thread-safe. */
public interface SupportService {
    /**
     * A ZIP archive of what this bridge is and does now, without secrets. What cannot be found out is said in the archive. One
     * is made at a time; the future completes on the caller's context, within a minute.
     */
    Future<byte[]> archive();
}
