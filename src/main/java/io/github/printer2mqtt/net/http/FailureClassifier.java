package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
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
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The only place that turns a socket error into the {@code reason} of a failed poll. */
final class FailureClassifier {
    private static final String NO_HTTP = "the answer is not HTTP";

    private FailureClassifier() {}

    /** The fault behind a failure; the failure itself if it is none of a printer's but our own. */
    static Throwable of(Throwable failure) {
        if (failure instanceof PrinterException) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PinnedTrustManager.CertificateChangedException) { // the exceptions around it say less
                return new PrinterException(FailureReason.TLS, cause.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            PrinterException fault = fault(cause);
            if (fault != null) {
                return fault;
            }
        }
        return failure;
    }

    /** The same with what is known of the request that failed. */
    static Throwable of(Throwable failure, Delivery delivery) {
        Throwable known = of(failure);
        return known instanceof PrinterException fault ? fault.with(delivery) : known;
    }

    /** The fault behind what the HTTP client said of an answer: what it cannot name is no HTTP. */
    static Throwable ofAnswer(Throwable failure) {
        Throwable known = of(failure);
        return known instanceof Exception && !(known instanceof PrinterException)
                ? new PrinterException(FailureReason.UNREADABLE, NO_HTTP)
                : known;
    }

    static PrinterException timeout(Duration limit) {
        return new PrinterException(FailureReason.TIMEOUT, "no complete answer within " + limit.toMillis() + " ms");
    }

    private static @Nullable PrinterException fault(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof SSLException || failure instanceof CertificateException) {
            return new PrinterException(FailureReason.TLS, "no trusted encrypted connection: " + failure.getMessage());
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof TimeoutException) {
            return new PrinterException(FailureReason.TIMEOUT, null);
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return new PrinterException(FailureReason.TIMEOUT, "is still being connected to for the question before");
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
        if (isCut(failure)) {
            return new PrinterException(
                    FailureReason.UNREADABLE, "closed the connection before its answer was complete");
        }
        if (failure instanceof DecoderException || failure instanceof IllegalArgumentException) {
            return new PrinterException(FailureReason.UNREADABLE, NO_HTTP);
        }
        return null;
    }

    /** Whether a connect failed without waiting for anybody. */
    static boolean isRefusedAtOnce(Throwable failure) {
        return of(failure) instanceof PrinterException fault
                && (fault.miss().reason() == FailureReason.REFUSED
                        || fault.miss().reason() == FailureReason.UNREACHABLE);
    }

    /** Whether the peer ended the connection before it began its answer. */
    static boolean isCutBeforeAnswer(Throwable failure) {
        return isCut(failure) && !(failure instanceof PrematureChannelClosureException);
    }

    /** Whether the peer ended the connection. */
    private static boolean isCut(Throwable failure) {
        return failure instanceof HttpClosedException
                || failure instanceof StreamResetException
                || failure instanceof IOException
                || failure instanceof PrematureChannelClosureException
                || (failure instanceof VertxException
                        && String.valueOf(failure.getMessage()).contains("losed"));
    }
}
