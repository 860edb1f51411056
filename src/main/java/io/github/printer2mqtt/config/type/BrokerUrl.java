package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.text.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks {@code mqtt.url}: the URL of an MQTT broker. */
public final class BrokerUrl {
    public static final String EXPECTED = "a URL such as \"mqtt://host:1883\", \"mqtts://host\" or \"wss://host/mqtt\"";

    private static final Pattern URL = Pattern.compile("(mqtt|mqtts|ws|wss)://([^/?#@]+)(/[A-Za-z0-9._~/-]*)?");

    private BrokerUrl() {}

    /** The URL, unchanged. Parts that may contain a password are never shown. */
    static String parse(String text) throws InvalidSettingException {
        if (text.indexOf('@') >= 0) {
            throw InvalidSettingException.found("a user name in the URL", "it in mqtt.username and mqtt.password");
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw InvalidSettingException.found("a query or fragment in the URL", EXPECTED);
        }
        Matcher url = URL.matcher(text);
        if (!url.matches() || !isPathAllowed(url.group(1), url.group(3))) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        try {
            AddressText.parse(url.group(2));
            return text;
        } catch (InvalidValueException e) {
            throw InvalidSettingException.expected(EXPECTED);
        }
    }

    /** Whether the connection uses TLS. */
    public static boolean isTls(String url) {
        return url.startsWith("mqtts:") || url.startsWith("wss:");
    }

    private static boolean isPathAllowed(String scheme, String path) {
        return scheme.startsWith("ws") || path == null || path.equals("/");
    }
}
