package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.line.LineExchange;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for one printer. Belongs to the event loop it was opened on: every method is called there and every
 * future completes there.
 *
 * <p>Every future completes within its limit, and the socket of an exchange that exceeds it is closed. At most one
 * connection is open for polling and one per command or beside a web socket, and a response has at most 1 MiB.
 */
public interface PrinterHttp {
    /**
     * Runs the requests of one reading on the printer's persistent connection. The limit counts from the start of the
     * connect or, if the connection is open, from the first request.
     */
    <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body);

    /**
     * Runs the requests of one command on a connection of its own that is closed afterwards, so that a slow command does
     * not delay polls.
     */
    <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body);

    /**
     * Runs requests of a reading while the web socket stays open, on a connection of its own that is closed afterwards.
     */
    <T> Future<T> besideWebSocket(Duration limit, Function<Exchange, Future<T>> body);

    /**
     * Opens a web socket within the limit, which counts from the start of the connect. It takes the place of the persistent
     * connection and of a web socket that was opened before: both are closed.
     *
     * <p>Fails with an {@link WebSocketUnavailableException} if there is none to have, and with a {@link
     * PrinterException}: {@code TIMEOUT, REFUSED, UNREACHABLE, DNS, TLS, UNREADABLE} or {@code TOO_LARGE}. The
     * delivery {@code NOT_SENT} says that not even the connection was opened.
     *
     * @param path with leading slash, relative to the printer's address
     * @param headers in addition to those of the handshake
     */
    Future<BoundedWebSocket> openWebSocket(
            String path, Map<String, String> headers, Duration limit, BoundedWebSocket.Listener listener);

    /**
     * Connects to a printer that is an MQTT broker, as the login says and whatever the scheme of its address is; only without TLS it
     * must not be https. It takes the place of the
     * persistent connection. Every bridge has one connection to a serial number, and none while another registration has
     * it.
     *
     * <p>Fails with a {@link PrinterException}; {@code TLS} if the certificate is neither the registered one nor signed by one of
     * the authorities for this serial number, and then no password was sent.
     *
     * @param limit of the whole connect; name resolution has a limit of its own
     */
    Future<PrinterMqttConnection> openMqtt(MqttLogin login, Duration limit, PrinterMqttConnection.Listener listener);

    /**
     * Runs the requests of one reading or command over a TCP connection for lines of text, which is closed afterwards. The
     * limit counts from the start of the connect. One runs at a time, commands included, and at most four wait for their turn.
     *
     * <p>Fails with a {@link PrinterException}: {@code TIMEOUT, REFUSED, UNREACHABLE, DNS, UNREADABLE} or {@code TOO_LARGE};
     * {@code TLS} for an https address, and {@code BUSY} if too many wait.
     */
    <T> Future<T> overLines(Duration limit, Function<LineExchange, Future<T>> body);

    /** The port of the printer's address. */
    int port();

    /** The certificate that the printer presents, trusted or not; sends nothing. Fails with a {@link PrinterException}. */
    Future<X509Certificate> certificate(Duration limit);

    /**
     * How to log in to a printer that is an MQTT broker.
     *
     * @param serial the name that its certificate must have, if it has one; a printer has one connection
     * @param transport whether the printer encrypts
     * @param authorities that sign the certificates of such printers
     * @param clientId null for a new one for each connection
     */
    record MqttLogin(
            String serial,
            String username,
            Secret password,
            Transport transport,
            List<X509Certificate> authorities,
            @Nullable String clientId) {
        /** What carries the connection. */
        public enum Transport {
            TLS,
            /** Without encryption: everybody in the network can read the password. */
            TCP
        }

        public MqttLogin {
            authorities = List.copyOf(authorities);
        }

        public MqttLogin(String serial, String username, Secret password, List<X509Certificate> authorities) {
            this(serial, username, password, Transport.TLS, authorities, null);
        }

        /** Of a printer without encryption. */
        public static MqttLogin unencrypted(String serial, String username, Secret password, String clientId) {
            return new MqttLogin(serial, username, password, Transport.TCP, List.of(), clientId);
        }
    }

    /** Closes all connections; running exchanges fail with {@link Exchange.AbortedException}. May be called more than once. */
    void close();
}
