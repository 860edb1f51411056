package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns errors of connections and the HTTP client into the {@code reason} of a failed poll; nothing else does. */
final class FailureClassifier {
    private static final String NOT_HTTP = "the answer is not HTTP";

    private FailureClassifier() {}

    /** The failure as a {@link PrinterException}; unchanged if the printer did not cause it. */
    static Throwable of(Throwable failure) {
        if (failure instanceof PrinterException) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause
                    instanceof
                    PinnedTrustManager.CertificateChangedException) { // more specific than the exceptions that wrap it
                return new PrinterException(FailureReason.TLS, cause.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            PrinterException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return failure;
    }

    /** The same, with the delivery of the request that failed. */
    static Throwable of(Throwable failure, Delivery delivery) {
        Throwable known = of(failure);
        return known instanceof PrinterException exception ? exception.with(delivery) : known;
    }

    /** The failure of reading a response: whatever is not known otherwise is {@code UNREADABLE}. */
    static Throwable ofResponse(Throwable failure) {
        Throwable known = of(failure);
        return known instanceof Exception && !(known instanceof PrinterException)
                ? new PrinterException(FailureReason.UNREADABLE, NOT_HTTP)
                : known;
    }

    static PrinterException timeout(Duration limit) {
        return new PrinterException(FailureReason.TIMEOUT, "no complete answer within " + limit.toMillis() + " ms");
    }

    private static @Nullable PrinterException known(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof SSLException || failure instanceof CertificateException) {
            return new PrinterException(FailureReason.TLS, "no trusted encrypted connection: " + failure.getMessage());
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof TimeoutException) {
            return new PrinterException(FailureReason.TIMEOUT, null);
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return new PrinterException(FailureReason.TIMEOUT, "a previous connection attempt is still pending");
        }
        if (failure instanceof NoRouteToHostException
                || (failure instanceof IOException && text.contains("unreachable"))) {
            return new PrinterException(FailureReason.UNREACHABLE, null);
        }
        if (failure instanceof ConnectException) {
            return new PrinterException(
                    text.contains("refused") ? FailureReason.REFUSED : FailureReason.UNREACHABLE, null);
        }
        if (failure instanceof UnknownHostException) {
            return new PrinterException(FailureReason.DNS, "the name has no address");
        }
        if (failure instanceof TooLongFrameException) {
            return new PrinterException(FailureReason.TOO_LARGE, "the header of the answer is too large");
        }
        if (isClosed(failure)) {
            return new PrinterException(
                    FailureReason.UNREADABLE, "closed the connection before its answer was complete");
        }
        if (failure instanceof DecoderException || failure instanceof IllegalArgumentException) {
            return new PrinterException(FailureReason.UNREADABLE, NOT_HTTP);
        }
        return null;
    }

    /** Whether a connect failed without waiting for a response. */
    static boolean isConnectFailure(Throwable failure) {
        return of(failure) instanceof PrinterException exception
                && EnumSet.of(FailureReason.REFUSED, FailureReason.UNREACHABLE)
                        .contains(exception.failure().reason());
    }

    /** Whether the printer closed the connection before it started to respond. */
    static boolean isClosedBeforeResponse(Throwable failure) {
        return isClosed(failure) && !(failure instanceof PrematureChannelClosureException);
    }

    /** Whether the printer closed the connection. */
    private static boolean isClosed(Throwable failure) {
        return failure instanceof HttpClosedException
                || failure instanceof StreamResetException
                || failure instanceof IOException
                || failure instanceof PrematureChannelClosureException
                || (failure instanceof VertxException
                        && String.valueOf(failure.getMessage()).contains("losed"));
    }
}
