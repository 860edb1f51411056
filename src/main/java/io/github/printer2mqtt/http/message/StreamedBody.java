package io.github.printer2mqtt.http.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * A body that is sent piece after piece, as the client takes it: what waits in a connection is copied out of the heap, and
 * a list of megabytes would be copied whole for each slow client. Belongs to the loop of the request.
 */
final class StreamedBody {
    static final int CHUNK_SIZE = 128 * 1024;

    private final HttpServerResponse response;
    private final Buffer body;
    private int sent;

    /** @param response whose headers are set, the length among them */
    StreamedBody(HttpServerResponse response, Buffer body) {
        this.response = response;
        this.body = body;
    }

    /** Sends what the connection takes now; the rest follows by itself. */
    void writeNext() {
        while (!response.closed() && body.length() - sent > CHUNK_SIZE) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> writeNext());
                return;
            }
            response.write(body.slice(sent, sent + CHUNK_SIZE));
            sent += CHUNK_SIZE;
        }
        if (!response.closed()) {
            response.end(body.slice(sent, body.length()));
        }
    }
}
