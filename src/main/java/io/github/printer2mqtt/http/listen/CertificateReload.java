package io.github.printer2mqtt.http.listen;

import io.github.printer2mqtt.net.tls.CertifiedKey;
import io.github.printer2mqtt.net.tls.PemPair;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the certificate of the HTTP server when its files change; open connections stay. A pair that cannot be used is
 * reported once and does not replace the one in use. Belongs to the event loop of the verticle.
 */
public final class CertificateReload {
    /** A client that connects and does not encrypt uses memory and a file descriptor for this time. */
    private static final int HANDSHAKE_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(CertificateReload.class);

    private final Vertx vertx;
    private final HttpServer server;
    private final InstantSource clock;
    private CertifiedKey current;

    /** What the files contained at the last check: a pair is used when it stayed the same until the next one. */
    private PemPair seen;

    private @Nullable String reported;
    private @Nullable String invalidityReported;
    private boolean running;

    /** @param current the certificate that the server began with */
    public CertificateReload(Vertx vertx, HttpServer server, CertifiedKey current, InstantSource clock) {
        this.vertx = vertx;
        this.server = server;
        this.clock = clock;
        this.current = current;
        this.seen = current.files();
    }

    /** How the server encrypts with a certificate. Only HTTP/1.1 is offered, for which all limits of clients are made. */
    public static ServerSSLOptions options(CertifiedKey certificate) {
        return new ServerSSLOptions()
                .setKeyCertOptions(KeyCertOptions.wrap(certificate.keyManager()))
                .setUseAlpn(false)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    }

    /** Looks at the files once; a call during another one does nothing. */
    public Future<Void> check() {
        if (running) {
            return Future.succeededFuture();
        }
        running = true;
        reportInvalidity();
        return vertx.executeBlocking(() -> current.files().readAgain())
                .compose(this::onRead)
                .recover(this::onFailure)
                .onComplete(done -> running = false);
    }

    private Future<Void> onRead(PemPair found) {
        boolean settled = found.equals(seen);
        seen = found;
        if (found.equals(current.files())) {
            reported = null;
            return Future.succeededFuture();
        }
        // A program that renews certificates writes one file after the other.
        return settled
                ? vertx.executeBlocking(() -> CertifiedKey.of(found)).compose(this::replace)
                : Future.succeededFuture();
    }

    private Future<Void> replace(CertifiedKey next) {
        return server.updateSSLOptions(options(next)).<Void>mapEmpty().onSuccess(replaced -> {
            current = next;
            reported = null;
            LOG.info("new TLS certificate, valid until {}", expiry());
            reportInvalidity();
        });
    }

    private Future<Void> onFailure(Throwable failure) {
        String message = failure instanceof IOException ? Objects.toString(failure.getMessage()) : failure.toString();
        if (!message.equals(reported)) {
            reported = message;
            LOG.warn("{}; the certificate in use stays", message);
        }
        return Future.succeededFuture();
    }

    private void reportInvalidity() {
        String invalidity = current.invalidity(clock.instant());
        if (invalidity != null && !invalidity.equals(invalidityReported)) {
            LOG.warn(
                    "http.tls.certificate: {}, and clients refuse it; renew it, and it is used without a restart",
                    invalidity);
        }
        invalidityReported = invalidity;
    }

    private Instant expiry() {
        return current.certificate().getNotAfter().toInstant();
    }
}
