package io.github.printer2mqtt.http;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.cluster.NodeStatus;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.OpenFileLimit;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.net.AcceptFilterTransport;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.site.MirroredSites;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.InMemoryAlerts;
import io.github.printer2mqtt.testing.TestResource;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An API server on a free port of 127.0.0.1 over services in memory, with a client. */
final class RunningApi implements TestResource {
    private static final ClientLimits LIMITS = ClientLimits.of(1L << 30, OpenFileLimit.NONE);

    static final String TOKEN = "correct-horse-battery-staple";
    static final String PASSWORD = "correct horse";

    private final AcceptFilterTransport transport = AcceptFilterTransport.create();
    final Vertx vertx = Vertx.builder().withTransport(transport).build();
    final SmallFleet fleet = new SmallFleet();
    final InMemoryRegistrations registrations = new InMemoryRegistrations();
    final InMemoryDiagnoses.Failing failingDiagnoses = new InMemoryDiagnoses.Failing();
    final InMemoryCommands commands = new InMemoryCommands();
    final InMemoryMonitoring monitoring = new InMemoryMonitoring();
    final InMemoryAlerts alerts = new InMemoryAlerts();
    final InMemoryLogLevels logLevels = new InMemoryLogLevels();
    final MetricsRegistry metricsRegistry = new MetricsRegistry();
    final InMemoryNotifications notifications = new InMemoryNotifications();
    final InMemoryPictures pictures = new InMemoryPictures();
    final InMemoryHistory history = new InMemoryHistory();
    final InMemoryBackups backups = new InMemoryBackups();
    final AtomicBoolean registryLoaded = new AtomicBoolean(true);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Few, because tests log in hundreds of times. */
    private static final int PASSWORD_ITERATIONS = 1_000;

    final InMemoryAccess stored = new InMemoryAccess();

    /** By how much the clocks of logins and tokens are ahead. */
    volatile Duration clockAhead = Duration.ZERO;

    final AccessServices access;
    private final HttpVerticle verticle;

    private RunningApi(
            BridgeConfig.Http config, ClientLimits limits, @Nullable RegistrationService otherRegistrations) {
        this.access = new AccessServices(
                vertx,
                config,
                stored,
                stored,
                () -> Instant.now().plus(clockAhead),
                () -> clockAhead.toNanos(),
                PASSWORD_ITERATIONS);
        ApiServices services = new ApiServices(
                fleet.state(),
                otherRegistrations == null ? registrations : otherRegistrations,
                new InMemoryDiagnoses(registrations, failingDiagnoses),
                commands,
                monitoring,
                metricsRegistry,
                registryLoaded::get,
                logLevels,
                alerts,
                notifications,
                new InMemoryTemperatures(),
                pictures,
                history,
                backups,
                access,
                () -> Future.succeededFuture(new byte[] {'P', 'K'}),
                MirroredSites.of(List.of(), System::nanoTime),
                new TwoNodes());
        this.verticle = new HttpVerticle(config, services, "s7x", transport, limits);
    }

    /** That of the first of two nodes. */
    private static final class TwoNodes implements Ownership {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public Holder holder() {
            return new Holder("north", 17);
        }

        @Override
        public List<NodeStatus> nodes() {
            Instant started = Instant.parse("2026-11-21T08:00:00Z");
            return List.of(
                    new NodeStatus("north", true, "0.1.0", started, Duration.ZERO),
                    new NodeStatus("south", false, "0.1.0", started, Duration.ofSeconds(1)));
        }
    }

    static RunningApi start() {
        return start(config(null), LIMITS);
    }

    static RunningApi startWithToken() {
        return start(config(TOKEN), LIMITS);
    }

    static RunningApi start(BridgeConfig.Http config) {
        return start(config, LIMITS);
    }

    static RunningApi start(ClientLimits limits) {
        return start(config(null), limits);
    }

    /** With a token and another service than the one in memory. */
    static RunningApi startWithToken(RegistrationService registrations) {
        return deploy(new RunningApi(config(TOKEN), LIMITS, registrations));
    }

    static RunningApi start(BridgeConfig.Http config, ClientLimits limits) {
        return deploy(new RunningApi(config, limits, null));
    }

    private static RunningApi deploy(RunningApi api) {
        Await.done(api.access.load());
        Await.done(api.vertx.deployVerticle(api.verticle));
        return api;
    }

    static BridgeConfig.Http config(@Nullable String token) {
        return new BridgeConfig.Http("127.0.0.1", 0, token == null ? null : Secret.of(token), List.of(), List.of());
    }

    /** An API whose users cannot be read. */
    static RunningApi startWithBrokenStore(BridgeConfig.Http config) {
        RunningApi api = new RunningApi(config, LIMITS, null);
        api.stored.broken = true;
        Await.failure(api.access.load());
        Await.done(api.vertx.deployVerticle(api.verticle));
        return api;
    }

    /** The code that creates the first administrator; fails if there is none. */
    String setupCode() {
        return Objects.requireNonNull(access.login().setupCode(), "no setup code");
    }

    /** Creates a user with {@link #PASSWORD} by the configured token. */
    void createUser(String name, String role) {
        JsonObject user = new JsonObject().put("name", name).put("role", role).put("password", PASSWORD);
        expect(201, send("POST", "/api/users", user.encode(), "Authorization", "Bearer " + TOKEN));
    }

    /** Creates a token of a program by the configured one and returns the document, with the token. */
    JsonObject createToken(@Nullable Instant expiresAt, String... scopes) {
        JsonObject token = new JsonObject()
                .put("name", "test " + String.join(" ", scopes))
                .put("scopes", new JsonArray(List.of(scopes)))
                .put("expires_at", expiresAt == null ? null : expiresAt.toString());
        HttpResponse<String> created = send("POST", "/api/tokens", token.encode(), "Authorization", "Bearer " + TOKEN);
        expect(201, created);
        return new JsonObject(created.body());
    }

    HttpResponse<String> tryLogin(String name, String password, String... headers) {
        return send(
                "POST",
                "/api/login",
                new JsonObject().put("user", name).put("password", password).encode(),
                headers);
    }

    /** Logs in with {@link #PASSWORD} and returns the headers of the session: the cookie and the CSRF token. */
    String[] login(String name) {
        HttpResponse<String> opened = tryLogin(name, PASSWORD);
        expect(200, opened);
        return session(opened);
    }

    /** The headers of a session that a response has opened. */
    static String[] session(HttpResponse<String> opened) {
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        return new String[] {"Cookie", cookie, "X-CSRF-Token", new JsonObject(opened.body()).getString("csrf")};
    }

    private static void expect(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(response.uri() + " responded " + response.statusCode() + " " + response.body());
        }
    }

    int port() {
        return verticle.actualPort();
    }

    /** Looks at the files of the certificate, as the server does every few seconds. */
    void checkCertificate() {
        Await.done(verticle.checkCertificate());
    }

    List<RouteTable.Key> routes() {
        return verticle.routes();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    JsonObject json(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " responded " + response.statusCode() + " " + response.body());
        }
        return new JsonObject(response.body());
    }

    /** Sends a body as application/json, unless a header says otherwise. */
    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        return send(method, path, body, BodyHandlers.ofString(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<byte[]> getBytes(String path, String... headers) {
        return send("GET", path, null, BodyHandlers.ofByteArray(), headers);
    }

    private <T> HttpResponse<T> send(
            String method, String path, @Nullable String body, HttpResponse.BodyHandler<T> handler, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The value of a series in /metrics; 0 if there is none. */
    double metric(String series) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    @Override
    public void close() {
        Await.done(vertx.close());
    }
}
