package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to HTTP APIs that are not printers, such as that of a running bridge. Each request has a connection of its
 * own that is closed at its deadline; no redirect is followed and no proxy is used. Safe for every thread.
 */
public final class ApiClient {
    private static final int CONNECT_MILLIS = 3_000;

    private final Vertx vertx;
    private final WebClient web;
    private final int maxBodyBytes;

    private ApiClient(Vertx vertx, WebClient web, int maxBodyBytes) {
        this.vertx = vertx;
        this.web = web;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * A request.
     *
     * @param uri absolute
     * @param token for the API; null for none
     * @param body null for none
     */
    public record Request(
            HttpMethod method,
            URI uri,
            Map<String, String> headers,
            @Nullable Secret token,
            @Nullable Buffer body) {
        public Request {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * A complete response, whatever its status code.
     *
     * @param contentType empty if there is none
     */
    public record Response(int status, String contentType, Buffer body) {}

    /** Which certificates of a server are trusted. */
    public sealed interface Trust {
        /** Those of the authorities of this system, for the host of the URL. */
        record SystemAuthorities() implements Trust {}

        /**
         * Those of other authorities, for the host of the URL.
         *
         * @param pem their certificates
         */
        record Authorities(Buffer pem) implements Trust {}

        /**
         * Exactly one, whatever host it names.
         *
         * @param fingerprint {@code sha256:} and 64 hex digits
         */
        record Pinned(String fingerprint) implements Trust {}
    }

    /** Trusts the authorities of this system. */
    public static ApiClient create(Vertx vertx, int maxBodyBytes) {
        return create(vertx, maxBodyBytes, new Trust.SystemAuthorities());
    }

    /** @param maxBodyBytes of a response; a larger one fails */
    public static ApiClient create(Vertx vertx, int maxBodyBytes, Trust trust) {
        HttpClientOptions options =
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false);
        if (trust instanceof Trust.Authorities authorities) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(authorities.pem()));
        } else if (trust instanceof Trust.Pinned pinned) {
            options.setTrustOptions(TrustOptions.wrap(PinnedTrustManager.of(pinned.fingerprint())))
                    .setVerifyHost(false);
        }
        WebClient web = RoutedHttpClient.web(vertx.createHttpClient(options));
        return new ApiClient(vertx, web, maxBodyBytes);
    }

    /**
     * Sends one request. Fails with a {@link PrinterException} whose reason says why: {@code TIMEOUT, REFUSED, UNREACHABLE,
     * DNS, TLS, UNREADABLE} or {@code TOO_LARGE}.
     *
     * @param limit until the response is complete, name resolution included
     */
    public Future<Response> send(Request request, Duration limit) {
        Context context = vertx.getOrCreateContext();
        Promise<Response> result = Promise.promise();
        context.runOnContext(now -> new Call(request, limit, result).start());
        return result.future();
    }

    /** One request under its deadline. Belongs to one event loop. */
    private final class Call implements RoutedHttpClient.Route {
        private final Request request;
        private final Duration limit;
        private final Promise<Response> result;
        private @Nullable HttpClientRequest sent;
        private boolean over;

        Call(Request request, Duration limit, Promise<Response> result) {
            this.request = request;
            this.limit = limit;
            this.result = result;
        }

        void start() {
            long deadline = vertx.setTimer(limit.toMillis(), due -> end(FailureClassifier.timeout(limit)));
            send().onComplete(done -> {
                vertx.cancelTimer(deadline);
                if (done.succeeded()) {
                    result.tryComplete(response(done.result()));
                } else {
                    result.tryFail(FailureClassifier.ofResponse(done.cause()));
                }
            });
        }

        private Future<HttpResponse<Buffer>> send() {
            URI uri = request.uri();
            boolean isTls = "https".equals(uri.getScheme());
            int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
            RequestOptions options = new RequestOptions()
                    .setServer(this)
                    .setHost(uri.getHost())
                    .setPort(port)
                    .setSsl(isTls)
                    .setURI(target(uri));
            request.headers().forEach(options::putHeader);
            if (request.token() != null) {
                options.putHeader("Authorization", "Bearer " + request.token().reveal());
            }
            HttpRequest<Buffer> prepared =
                    web.request(request.method(), options).as(() -> new CappedBody(maxBodyBytes, this::end));
            return request.body() == null ? prepared.send() : prepared.sendBuffer(request.body());
        }

        /** The path, which is never empty in a request (RFC 9112, section 3.2.1), and the query. */
        private static String target(URI uri) {
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        }

        /** Resolves the host as the system does, since the resolver of Vert.x knows no names in {@code .local}. */
        @Override
        public Future<HttpClientRequest> open(HttpClientInternal client, RequestOptions options) {
            return vertx.executeBlocking(() -> InetAddress.getByName(options.getHost()))
                    .compose(ip -> client.request(options.setServer(
                            SocketAddress.inetSocketAddress(new InetSocketAddress(ip, options.getPort())))))
                    .map(this::onOpen);
        }

        private HttpClientRequest onOpen(HttpClientRequest open) {
            sent = open;
            // The response future fails, too; without handlers Vert.x logs an error.
            open.exceptionHandler(failure -> {});
            open.connection().exceptionHandler(failure -> {});
            if (over) {
                open.connection().close();
            }
            return open;
        }

        private void end(PrinterException why) {
            over = true;
            if (sent != null) {
                sent.connection().close();
            }
            result.tryFail(why);
        }

        private Response response(HttpResponse<Buffer> response) {
            String type = response.getHeader("Content-Type");
            Buffer body = response.body();
            return new Response(response.statusCode(), type == null ? "" : type, body == null ? Buffer.buffer() : body);
        }
    }
}
