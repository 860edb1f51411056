package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.FoundPicture.AtPort;
import io.github.printer2mqtt.driver.FoundPicture.AtUrl;
import io.github.printer2mqtt.driver.FoundPicture.Bytes;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.model.address.PrinterAddress.Scheme;
import io.github.printer2mqtt.monitor.PictureFinder;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one picture within a limit: asks the session where it is, and fetches from the printer's own host, or from one that the
 * configuration names, what is not on the printer's own server. Addresses follow the policy for printers, redirects are not
 * followed, and each request has a connection of its own. Belongs to one event loop.
 */
final class PictureFetcher {
    private static final Duration SLACK = Duration.ofMillis(250);

    private final PictureFinder finder;
    private final PrinterNetwork network;
    private final LoopTimers timers;
    private final Set<String> otherHosts;

    /** @param otherHosts from which pictures may be fetched too, besides each printer's own; normalised */
    PictureFetcher(PictureFinder finder, PrinterNetwork network, LoopTimers timers, Set<String> otherHosts) {
        this.finder = finder;
        this.network = network;
        this.timers = timers;
        this.otherHosts = otherHosts;
    }

    /** Fails with a {@link PictureException}. */
    Future<Picture> fetch(PrinterId printer, FoundPicture.Kind kind, Duration limit, int maxBytes) {
        long end = timers.nanos() + limit.toNanos();
        return finder.findPicture(printer, kind, limit)
                .compose(located -> bytes(located.printer(), located.picture(), end))
                .map(bytes -> checked(bytes, maxBytes))
                .timeout(limit.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(explained(failure, limit)));
    }

    private Future<Buffer> bytes(Printer printer, FoundPicture found, long end) {
        if (found instanceof Bytes own) {
            return Future.succeededFuture(own.bytes());
        }
        PrinterAddress address = printer.address();
        if (found instanceof AtPort at) {
            return get(PictureUrl.of(Scheme.HTTP, address.host(), at.port(), at.path()), null, end);
        }
        if (found instanceof AtUrl at) {
            PictureUrl url = PictureUrl.parse(at.url(), address.host());
            boolean isOwnHost = url.server().host().equals(address.host());
            return isAllowed(url.server().host(), address)
                    .compose(allowed -> allowed
                            ? get(url, isOwnHost ? printer.fingerprint() : null, end)
                            : Future.failedFuture(url.otherHost()));
        }
        return Future.failedFuture(PictureException.none("the printer has no such picture"));
    }

    /** A printer that is registered by its name may name its own address. */
    private Future<Boolean> isAllowed(String host, PrinterAddress printer) {
        if (host.equals(printer.host()) || otherHosts.contains(host)) {
            return Future.succeededFuture(true);
        }
        InetAddress literal = IpLiteral.parse(host);
        return literal == null
                ? Future.succeededFuture(false)
                : network.resolve(printer).map(own -> own.contains(literal));
    }

    /** Sends no credentials. */
    private Future<Buffer> get(PictureUrl url, @Nullable String fingerprint, long end) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - timers.nanos()));
        PrinterHttp http = network.open(url.server(), fingerprint, timers);
        return http.onSecondConnection(left, exchange -> exchange.send(PrinterRequest.get(url.path(), Map.of())))
                .map(PictureFetcher::body)
                .onComplete(done -> http.close());
    }

    private static Buffer body(PrinterResponse response) {
        if (response.status() == 404) {
            throw PictureException.none("the printer has no picture at the place that its settings name (HTTP 404)");
        }
        if (response.status() != 200) {
            throw failed("HTTP " + response.status());
        }
        return response.body();
    }

    private static Picture checked(Buffer bytes, int maxBytes) {
        Picture.Format format = Picture.Format.of(bytes);
        if (format == null) {
            throw failed("found " + bytes.length() + " bytes that are neither PNG nor JPEG");
        }
        if (bytes.length() > maxBytes) {
            throw failed("found " + bytes.length() + " bytes, expected at most " + maxBytes);
        }
        return Picture.of(format, bytes);
    }

    private static PictureException failed(String why) {
        return new PictureException(Code.PICTURE_FAILED, "the picture could not be fetched: " + why);
    }

    private static Throwable explained(Throwable failure, Duration limit) {
        if (failure instanceof PrinterException exception) {
            PollFailure why = exception.failure();
            return why.reason() == FailureReason.TIMEOUT
                    ? timeout(limit)
                    : failed(String.valueOf(exception.getMessage()));
        }
        if (failure instanceof TimeoutException) {
            return timeout(limit);
        }
        if (failure instanceof NoSuchElementException || failure instanceof Exchange.AbortedException) {
            return new PictureException(Code.PRINTER_OFFLINE, "the printer is not monitored at the moment");
        }
        return failure;
    }

    private static PictureException timeout(Duration limit) {
        return new PictureException(Code.TIMEOUT, "no complete picture within " + limit.toSeconds() + " s");
    }
}
