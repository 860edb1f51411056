package io.github.printer2mqtt.http;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.ContentEncoding;
import io.github.printer2mqtt.http.message.IfNoneMatch;
import io.github.printer2mqtt.text.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the web page, compressed once for all requests.
 *
 * @param digest of the content, for entity tags
 */
record WebFile(String contentType, Buffer plain, Buffer compressed, String digest) {
    static WebFile of(String contentType, byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzip(compressed)) {
            gzip.write(content);
        }
        String digest = HexFormat.of().formatHex(Sha256.sha256(content), 0, 8);
        return new WebFile(contentType, Buffer.buffer(content), Buffer.buffer(compressed.toByteArray()), digest);
    }

    /** The response in the encoding that the client prefers, or 304 if the client has it. */
    ApiResponse response(HttpServerRequest request, String cacheControl) {
        boolean gzip = ContentEncoding.negotiate(request.headers().getAll(HttpHeaders.ACCEPT_ENCODING))
                == ContentEncoding.GZIP;
        String tag = '"' + digest + (gzip ? "-gzip\"" : "\"");
        boolean isKnown = new IfNoneMatch(request.headers().getAll(HttpHeaders.IF_NONE_MATCH)).matches(tag);
        ApiResponse response =
                isKnown ? ApiResponse.empty(304) : ApiResponse.of(200, contentType, gzip ? compressed : plain);
        return (gzip && !isKnown ? response.withHeader("Content-Encoding", "gzip") : response)
                .withHeader("ETag", tag)
                .withHeader("Vary", "Accept-Encoding")
                .withHeader("Cache-Control", cacheControl);
    }

    /** Compresses as well as it can, because it happens once. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream target) throws IOException {
            super(target);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
