package io.github.printer2mqtt.net.http;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.Address;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.spi.metrics.Metrics;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client below the web client. The web client hides the connection of a request, which a deadline has to close;
 * this client passes each request to the {@link Route} that it is addressed to, which chooses the connection.
 *
 * <p>Implements an internal interface of Vert.x because the web client casts its HTTP client to it.
 */
final class RoutedHttpClient implements HttpClientInternal {
    /** The address of a request of the web client: the code that obtains its connection. */
    interface Route extends Address {
        /** @param client opens connections */
        Future<HttpClientRequest> open(HttpClientInternal client, RequestOptions options);
    }

    private final HttpClientInternal client;

    private RoutedHttpClient(HttpClientInternal client) {
        this.client = client;
    }

    /** A web client over an HTTP client; it follows no redirect and adds no header of its own. */
    static WebClient web(HttpClientAgent client) {
        HttpClientInternal internal = (HttpClientInternal) client;
        WebClientOptions options = new WebClientOptions(internal.options())
                .setFollowRedirects(false)
                .setUserAgentEnabled(false);
        return WebClient.wrap(new RoutedHttpClient(internal), options);
    }

    @Override
    public Future<HttpClientRequest> request(RequestOptions options) {
        return options.getServer() instanceof Route route ? route.open(client, options) : client.request(options);
    }

    @Override
    public VertxInternal vertx() {
        return client.vertx();
    }

    @Override
    public HttpClientOptions options() {
        return client.options();
    }

    @Override
    public NetClientInternal netClient() {
        return client.netClient();
    }

    @Override
    public Function<HttpClientResponse, Future<RequestOptions>> redirectHandler() {
        return client.redirectHandler();
    }

    @Override
    public Future<HttpClientConnection> connect(HttpConnectOptions options) {
        return client.connect(options);
    }

    @Override
    public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
        return client.updateSSLOptions(options, force);
    }

    @Override
    public @Nullable Metrics getMetrics() {
        return client.getMetrics();
    }

    @Override
    public Future<Void> closeFuture() {
        return client.closeFuture();
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
        return client.shutdown(timeout, unit);
    }

    @Override
    public void close(Completable<Void> closed) {
        client.close(closed);
    }
}
