package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.config.type.JsonTree.JsonType;
import io.github.printer2mqtt.text.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** URLs of web services, which no message shows because a key may be part of them. */
public final class WebUrl {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_PORT = 65_535;
    private static final Pattern TOPIC = Pattern.compile("/(.*/)?[-_A-Za-z0-9]{1,64}");

    private WebUrl() {}

    /** Any http or https URL. */
    public static ValueType.Single<Secret> any() {
        return type("an http or https URL", Pattern.compile("(/.*)?"));
    }

    /** A URL whose path ends in a topic of ntfy. */
    public static ValueType.Single<Secret> ofTopic() {
        return type("an http or https URL that ends in a topic", TOPIC);
    }

    private static ValueType.Single<Secret> type(String expected, Pattern path) {
        return new ValueType.Single<>(JsonType.STRING, expected, true, text -> {
            if (isWebUrl(text, path)) {
                return Secret.of(text);
            }
            throw InvalidSettingException.found("an invalid URL (not shown)", expected + ", without user and fragment");
        });
    }

    private static boolean isWebUrl(String text, Pattern path) {
        try {
            URI uri = new URI(text);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isWeb
                    && text.length() <= MAX_LENGTH
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= MAX_PORT
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawQuery() == null || path != TOPIC)
                    && path.matcher(uri.getRawPath()).matches();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
