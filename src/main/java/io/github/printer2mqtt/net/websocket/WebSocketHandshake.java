package io.github.printer2mqtt.net.websocket;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The opening handshake (RFC 6455, section 4). Thread-safe. */
public final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WebSocketHandshake() {}

    /** A new value for {@code Sec-WebSocket-Key}. */
    public static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The header fields of a request that opens a web socket. */
    public static Map<String, String> requestFields(String key) {
        return Map.of(
                "Connection",
                "Upgrade",
                "Upgrade",
                "websocket",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                key);
    }

    /** The value of {@code Sec-WebSocket-Accept} that confirms a key. */
    public static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** Whether the header of a 101 response confirms the key and adds nothing that was not requested. */
    public static boolean confirms(MultiMap header, String key) {
        String accept = header.get("Sec-WebSocket-Accept");
        return accept != null
                && accept.strip().equals(accept(key))
                && !header.contains("Sec-WebSocket-Extensions")
                && !header.contains("Sec-WebSocket-Protocol");
    }
}
