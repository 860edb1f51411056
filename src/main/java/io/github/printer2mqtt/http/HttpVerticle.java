package io.github.printer2mqtt.http;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.OpenFileLimit;
import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.backup.BackupHandlers;
import io.github.printer2mqtt.http.list.ListCache;
import io.github.printer2mqtt.http.listen.CertificateReload;
import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.security.AllowedHosts;
import io.github.printer2mqtt.http.security.ClientConnections;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.http.security.ConnectionLimit;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.http.security.ProxyLogin;
import io.github.printer2mqtt.http.security.RequestAuthenticator;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.http.security.RequestGuard;
import io.github.printer2mqtt.http.security.RequestMemory;
import io.github.printer2mqtt.http.security.SessionCookie;
import io.github.printer2mqtt.http.security.TrustedProxies;
import io.github.printer2mqtt.http.stream.CombinedAlerts;
import io.github.printer2mqtt.http.stream.EventStream;
import io.github.printer2mqtt.net.AcceptFilterTransport;
import io.github.printer2mqtt.net.ListenFailure;
import io.github.printer2mqtt.net.tls.CertifiedKey;
import io.github.printer2mqtt.net.tls.PemPair;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The API server, on an event loop of its own. It listens before the registered printers are loaded; routes that need
 * them respond 503 until then. Deploy one instance; the port is known when the deployment is complete.
 */
public final class HttpVerticle extends VerticleBase {

    /** Longer than any response takes, so it only closes clients that do not read. */
    private static final int IDLE_SECONDS = 90;

    /** How long the kernel waits for a vanished client to acknowledge what was sent, such as the heartbeat of a stream. */
    private static final int UNACKNOWLEDGED_MILLIS = 60_000;

    private static final long STOP_MILLIS = 500;

    /** A changed certificate is used after two checks. */
    private static final long RELOAD_MILLIS = 5_000;

    private final BridgeConfig.Http config;
    private final ApiServices services;
    private final String startId;
    private final AcceptFilterTransport transport;
    private final ClientLimits limits;
    private final TrustedProxies proxies;
    private @Nullable HttpServer server;
    private @Nullable CertificateReload reload;
    private @Nullable EventStream stream;
    private @Nullable RouteTable routes;

    /**
     * @param startId differs at each start, so that entity tags of an earlier run never match; letters, digits and hyphens
     * @param transport of the Vert.x instance that deploys it
     */
    public HttpVerticle(
            BridgeConfig.Http config, ApiServices services, String startId, AcceptFilterTransport transport) {
        this(
                config,
                services,
                startId,
                transport,
                ClientLimits.of(Runtime.getRuntime().maxMemory(), OpenFileLimit.ofProcess()));
    }

    HttpVerticle(
            BridgeConfig.Http config,
            ApiServices services,
            String startId,
            AcceptFilterTransport transport,
            ClientLimits limits) {
        this.config = config;
        this.services = services;
        this.startId = startId;
        this.transport = transport;
        this.limits = limits;
        this.proxies = new TrustedProxies(config.proxy());
    }

    /** Fails with an {@link IOException} with a one-line message if the port cannot be bound. */
    @Override
    public Future<?> start() {
        return certificate()
                .compose(certificate ->
                        vertx.executeBlocking(Dashboard::load).compose(page -> listen(page, certificate)));
    }

    @Override
    public Future<?> stop() {
        if (stream != null) {
            stream.stop();
        }
        return server == null ? Future.succeededFuture() : server.shutdown(STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The bound port, which differs from a configured port 0; only after the deployment. */
    public int actualPort() {
        return Objects.requireNonNull(server, "not listening yet").actualPort();
    }

    /** The mounted routes; for tests. */
    List<RouteTable.Key> routes() {
        return Objects.requireNonNull(routes, "not listening yet").keys();
    }

    private Future<@Nullable CertifiedKey> certificate() {
        BridgeConfig.Http.Tls files = config.tls();
        return files == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> CertifiedKey.of(
                        PemPair.read("http.tls", files.certificate(), files.key(), files.keyPassword())));
    }

    private Future<HttpServer> listen(Dashboard page, @Nullable CertifiedKey certificate) {
        HttpMetrics metrics = new HttpMetrics(services.metricsRegistry().prometheus());
        RequestMemory memory = new RequestMemory(limits.memory());
        ClientConnections connections = new ClientConnections(limits, memory, System::nanoTime, metrics);
        transport.filterHttp(new ConnectionLimit(limits, metrics, proxies));
        HttpServer created = vertx.createHttpServer(options(certificate));
        RequestGuard guard = new RequestGuard(
                new AllowedHosts(config),
                proxies,
                connections,
                metrics,
                router(metrics, new RequestBodies(vertx, connections, memory), page));
        vertx.setPeriodic(
                Math.max(20, Math.min(1000, limits.head().toMillis() / 4)), tick -> connections.closeSlowClients());
        return created.connectionHandler(connections::onConnect)
                .invalidRequestHandler(ProblemMapper::sendInvalidRequest)
                .requestHandler(guard)
                .listen()
                .onSuccess(listening -> onListening(listening, certificate))
                .recover(cause -> Future.failedFuture(new IOException(
                        new ListenFailure("http", "the API").line(config.host(), config.port(), cause), cause)));
    }

    private void onListening(HttpServer listening, @Nullable CertifiedKey certificate) {
        server = listening;
        if (certificate != null) {
            CertificateReload created = new CertificateReload(vertx, listening, certificate, InstantSource.system());
            vertx.setPeriodic(0, RELOAD_MILLIS, tick -> created.check());
            reload = created;
        }
    }

    /** Looks at the files of the certificate once; for tests. */
    Future<Void> checkCertificate() {
        return Objects.requireNonNull(reload, "no TLS").check();
    }

    private HttpServerOptions options(@Nullable CertifiedKey certificate) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxInitialLineLength(ClientLimits.MAX_REQUEST_LINE)
                .setMaxHeaderSize(ClientLimits.MAX_HEADERS)
                .setIdleTimeout(IDLE_SECONDS)
                .setTcpUserTimeout(UNACKNOWLEDGED_MILLIS);
        if (certificate != null) {
            ServerSSLOptions tls = CertificateReload.options(certificate);
            options.setSsl(true)
                    .setUseAlpn(tls.isUseAlpn())
                    .setSslHandshakeTimeout(tls.getSslHandshakeTimeout())
                    .setSslHandshakeTimeoutUnit(tls.getSslHandshakeTimeoutUnit())
                    .setKeyCertOptions(tls.getKeyCertOptions());
        }
        return options;
    }

    private Router router(HttpMetrics metrics, RequestBodies bodies, Dashboard page) {
        Router router = Router.router(vertx);
        router.route().failureHandler(ProblemMapper::send);
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 500, 501, 503}) {
            router.errorHandler(status, ProblemMapper::send);
        }
        AccessServices access = services.access();
        SessionCookie cookie = new SessionCookie(this::actualPort);
        RouteTable table = new RouteTable(
                router,
                new RequestAuthenticator(
                        access.authenticator(),
                        cookie,
                        new ProxyLogin(config.proxy(), proxies, access.audit(), System::nanoTime),
                        proxies),
                proxies,
                access.audit(),
                services.registryLoaded(),
                metrics);
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("lists", 1);
        CombinedFleet fleet = services.combinedFleet();
        AlertService alerts = new CombinedAlerts(services.alerts(), services.sites());
        ListCache lists = new ListCache(workers, fleet, startId, metrics);
        vertx.setPeriodic(ListCache.KEEP_FOR.toMillis(), tick -> lists.dropUnused());
        PrinterRoutes printers =
                new PrinterRoutes(services.fleet(), services.monitoring(), services.temperatures(), lists);
        printers.mountList(table);
        new RegistrationRoutes(vertx, services.registrations(), services.diagnoses(), bodies).mount(table);
        printers.mountOne(table);
        new PictureRoutes(services.fleet(), services.pictures()).mount(table);
        new CommandRoutes(services.fleet(), services.commands(), bodies).mount(table);
        BackupHandlers backups = new BackupHandlers(services.backups(), bodies);
        new ManagementRoutes(
                        vertx,
                        services.metricsRegistry(),
                        services.registryLoaded(),
                        services.support(),
                        backups,
                        services.ownership())
                .mount(table);
        new AlertRoutes(alerts, services.sites(), bodies).mount(table);
        new SiteRoutes(fleet, services.sites(), bodies).mount(table);
        new NotificationRoutes(services.notifications()).mount(table);
        new HistoryRoutes(vertx, services.history()).mount(table);
        new CalendarRoutes(services.fleet(), InstantSource.system()).mount(table);
        EventStream created = new EventStream(vertx, fleet, alerts, startId, limits.streams(), workers, metrics);
        created.start();
        stream = created;
        access.authenticator().addListener(created::endWithoutRight);
        new StreamRoutes(created, access.authenticator()).mount(table);
        new LogRoutes(services.log(), bodies).mount(table);
        new SessionRoutes(access, cookie, bodies).mount(table);
        new UserRoutes(access.users(), bodies).mount(table);
        new TokenRoutes(access.tokens(), bodies).mount(table);
        new AuditRoutes(access.audit()).mount(table);
        new PageRoutes(page, config.frameAncestors(), proxies).mount(table);
        String prefix = config.pathPrefix();
        if (prefix != null) {
            table.mountBelow(prefix);
        }
        routes = table;
        return router;
    }
}
