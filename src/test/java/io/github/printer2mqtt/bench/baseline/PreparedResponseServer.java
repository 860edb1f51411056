package io.github.printer2mqtt.bench.baseline;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/**
 * The reference for lists: an event loop that serves prepared bytes, plain or compressed, or 304. Prints its port and exits at
 * the end of standard input.
 */
public final class PreparedResponseServer {
    private final Buffer plain;
    private final Buffer gzip;
    private final String etag;

    private PreparedResponseServer(Buffer plain, Buffer gzip, String etag) {
        this.plain = plain;
        this.gzip = gzip;
        this.etag = etag;
    }

    /** @param arguments file with the plain list, file with the compressed one, entity tag */
    public static void main(String[] arguments) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        PreparedResponseServer server = new PreparedResponseServer(
                vertx.fileSystem().readFileBlocking(arguments[0]),
                vertx.fileSystem().readFileBlocking(arguments[1]),
                arguments[2]);
        vertx.createHttpServer()
                .requestHandler(server::respond)
                .listen(0, "127.0.0.1")
                .onSuccess(http -> System.out.println(http.actualPort()))
                .onFailure(failure -> {
                    System.err.println("the server of prepared bytes did not start: " + failure);
                    System.exit(1);
                });
        while (System.in.read() >= 0) {
            // Standard input is only watched for its end.
        }
        System.exit(0);
    }

    private void respond(HttpServerRequest request) {
        var response = request.response().putHeader(HttpHeaders.ETAG, etag);
        if (request.headers().contains(HttpHeaders.IF_NONE_MATCH)) {
            response.setStatusCode(304).end();
        } else if ("gzip".equals(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CONTENT_ENCODING, "gzip")
                    .end(gzip);
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(plain);
        }
    }
}
