package io.github.printer2mqtt.net.mqtt.client;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Translates reason codes and exceptions of the two Paho libraries into failures with a text for users. */
public final class MqttErrorTexts {
    /** MQTT 5, section 2.4: the codes a client may receive. */
    private static final Map<Integer, String> V5 = Map.ofEntries(
            Map.entry(128, "unspecified error"),
            Map.entry(129, "malformed packet"),
            Map.entry(130, "protocol error"),
            Map.entry(131, "refused by the broker's own rules"),
            Map.entry(132, "unsupported protocol version"),
            Map.entry(133, "client id not valid"),
            Map.entry(134, "bad user name or password"),
            Map.entry(135, "not authorized"),
            Map.entry(136, "server unavailable"),
            Map.entry(137, "server busy"),
            Map.entry(138, "banned"),
            Map.entry(139, "server shutting down"),
            Map.entry(140, "bad authentication method"),
            Map.entry(141, "keep alive timeout"),
            Map.entry(142, "session taken over by another client with our client id"),
            Map.entry(143, "topic filter invalid"),
            Map.entry(144, "topic name invalid"),
            Map.entry(147, "receive maximum exceeded"),
            Map.entry(148, "topic alias invalid"),
            Map.entry(149, "packet too large"),
            Map.entry(150, "message rate too high"),
            Map.entry(151, "quota exceeded"),
            Map.entry(152, "administrative action"),
            Map.entry(153, "payload format invalid"),
            Map.entry(154, "retain not supported"),
            Map.entry(155, "QoS not supported"),
            Map.entry(156, "use another server"),
            Map.entry(157, "server moved"),
            Map.entry(159, "connection rate exceeded"));

    /** MQTT 3.1.1, table 3.1. */
    private static final Map<Integer, String> V3 = Map.of(
            1, "unacceptable protocol version",
            2, "client id rejected",
            3, "server unavailable",
            4, "bad user name or password",
            5, "not authorized");

    /** Of both Paho libraries: the protocol version does not define the return code. */
    private static final int INVALID_RETURN_CODE = 50001;

    private MqttErrorTexts() {}

    /** Whether the code of an acknowledgement is an error (MQTT 5, and SUBACK of 3.1.1). */
    static boolean isRefusal(int code) {
        return code >= 128;
    }

    /** Whether a code is an error of MQTT 5 and not one of Paho's own. */
    static boolean isReasonCode(int code) {
        return isRefusal(code) && code < 256;
    }

    /** The reason code in an MqttException of either library; 0 if there is none. */
    static int code(Throwable failure) {
        if (failure instanceof MqttException known) {
            return known.getReasonCode();
        }
        return failure instanceof org.eclipse.paho.client.mqttv3.MqttException known ? known.getReasonCode() : 0;
    }

    static String text(int code) {
        return V5.getOrDefault(code, "reason code " + code);
    }

    /** Why Paho did not send something. Its own codes are the same in both libraries. */
    static PublishFailure publishFailure(Exception failure) {
        int code = code(failure);
        return switch (code) {
            case MqttClientException.REASON_CODE_MAX_INFLIGHT ->
                new PublishFailure(PublishFailure.Kind.WINDOW_FULL, "too many messages are unacknowledged");
            case MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_CLOSED,
                    MqttClientException.REASON_CODE_CLIENT_DISCONNECTING -> PublishFailure.notConnected();
            default ->
                new PublishFailure(PublishFailure.Kind.REFUSED, isReasonCode(code) ? text(code) : oneLine(failure));
        };
    }

    /** Why a connection could not be opened. */
    static ConnectFailure connectFailure(Version version, Throwable failure, AbortableSocket socket) {
        int code = code(failure);
        if (version == Version.V3) {
            String refusal = V3.get(code);
            return refusal == null ? transport(code, failure, socket) : new ConnectFailure(kindV3(code), refusal);
        }
        int reason = code == INVALID_RETURN_CODE ? socket.connack().value() : code;
        if (V5.containsKey(reason)) {
            return new ConnectFailure(kindV5(reason), text(reason));
        }
        return code == INVALID_RETURN_CODE
                ? new ConnectFailure(Kind.VERSION, "the broker responds with MQTT 3.1.1")
                : transport(code, failure, socket);
    }

    private static Kind kindV3(int code) {
        return code == 1 ? Kind.VERSION : code >= 4 ? Kind.CREDENTIALS : Kind.REFUSED;
    }

    private static Kind kindV5(int code) {
        return switch (code) {
            case 132 -> Kind.VERSION;
            case 134, 135, 138, 140 -> Kind.CREDENTIALS;
            case 154 -> Kind.RETAIN_NOT_SUPPORTED;
            case 155 -> Kind.QOS_NOT_SUPPORTED;
            default -> Kind.REFUSED;
        };
    }

    private static ConnectFailure transport(int code, Throwable failure, AbortableSocket socket) {
        SSLException alert = socket.tlsFailure();
        Throwable root = root(alert == null ? failure : alert);
        boolean isTls = root instanceof SSLException || root instanceof GeneralSecurityException;
        if (isTls || (isInHandshake(failure) && !(root instanceof SocketTimeoutException))) {
            return TlsErrorTexts.failure(root);
        }
        if (socket.wasOpened()) {
            return code == MqttClientException.REASON_CODE_CLIENT_TIMEOUT
                    ? new ConnectFailure(Kind.TIMEOUT, "no response in time")
                    : new ConnectFailure(Kind.CLOSED, "the broker closed the connection without a response");
        }
        if (root instanceof SocketTimeoutException) {
            return new ConnectFailure(Kind.TIMEOUT, "no response in time");
        }
        return new ConnectFailure(Kind.UNREACHABLE, unreachable(root));
    }

    /** A server that hangs up in the handshake causes an end of the stream below the failed handshake. */
    private static boolean isInHandshake(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof SSLHandshakeException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String unreachable(Throwable root) {
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        if (root instanceof NoRouteToHostException) {
            return "no route to host";
        }
        if (root instanceof ConnectException) {
            return "connection refused";
        }
        return oneLine(root);
    }

    /** Why an open connection was lost. */
    static String lost(int code, @Nullable Throwable failure) {
        if (V5.containsKey(code)) {
            return text(code);
        }
        Throwable root = failure == null ? null : root(failure);
        if (code == MqttClientException.REASON_CODE_CLIENT_TIMEOUT
                || code == MqttClientException.REASON_CODE_WRITE_TIMEOUT) {
            return "the broker stopped responding";
        }
        if (root == null
                || root instanceof EOFException
                || (code == MqttClientException.REASON_CODE_CONNECTION_LOST && root == failure)) {
            return "the broker closed the connection";
        }
        return oneLine(root);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && root.getCause() != root && depth < 10; depth++) {
            root = root.getCause();
        }
        return root;
    }

    /** The message of an exception in one line, its class name if it has none. */
    public static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank()
                ? failure.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : message;
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }
}
