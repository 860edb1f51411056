package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.QuotedText;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Checks rules that concern several keys. A rule is skipped if one of its keys is invalid. */
final class CrossKeyRules {
    private final Values values;

    CrossKeyRules(Values values) {
        this.values = values;
    }

    void check() {
        requireBothOrNeither(Keys.BROKER_USERNAME, Keys.BROKER_PASSWORD);
        openBrokerHasLogin();
        passwordHasUser();
        tlsHasTlsUrl();
        requireBothOrNeither(Keys.MQTT_TLS_CERTIFICATE, Keys.MQTT_TLS_KEY);
        backOffGrows();
        requireBothOrNeither(Keys.NOTIFY_WEBHOOK_URL, Keys.NOTIFY_WEBHOOK_SECRET);
        ntfyTokenHasUrl();
        portsDiffer();
        requireBothOrNeither(Keys.HTTP_TLS_CERTIFICATE, Keys.HTTP_TLS_KEY);
        oneKeyForSecrets();
    }

    private void oneKeyForSecrets() {
        if (values.areValid(Keys.SECRETS_KEY, Keys.SECRETS_KEY_FILE)
                && values.find(Keys.SECRETS_KEY) != null
                && values.find(Keys.SECRETS_KEY_FILE) != null) {
            addError(Keys.SECRETS_KEY_FILE, "a file while secrets.key is set as well", "only one of the two");
        }
    }

    private void openBrokerHasLogin() {
        if (values.areValid(Keys.BROKER_HOST, Keys.BROKER_USERNAME, Keys.BROKER_PASSWORD)
                && !isLoopback(Keys.BROKER_HOST)
                && values.find(Keys.BROKER_USERNAME) == null
                && values.find(Keys.BROKER_PASSWORD) == null) {
            addError(
                    Keys.BROKER_HOST,
                    quoted(Keys.BROKER_HOST) + " without broker.username and broker.password",
                    "both, or a loopback address");
        }
    }

    /** MQTT 3.1.1 allows no password without a user name, and {@code auto} may fall back to it. */
    private void passwordHasUser() {
        if (values.areValid(Keys.MQTT_USERNAME, Keys.MQTT_PASSWORD, Keys.MQTT_VERSION)
                && values.find(Keys.MQTT_PASSWORD) != null
                && values.find(Keys.MQTT_USERNAME) == null
                && values.get(Keys.MQTT_VERSION) != MqttConfig.Version.V5) {
            addError(Keys.MQTT_PASSWORD, "a password without mqtt.username", "both, or mqtt.version \"5\"");
        }
    }

    private void tlsHasTlsUrl() {
        if (!values.areValid(Keys.MQTT_URL)) {
            return;
        }
        String url = values.find(Keys.MQTT_URL);
        for (Key<String> key : List.of(Keys.MQTT_TLS_CA, Keys.MQTT_TLS_CERTIFICATE, Keys.MQTT_TLS_KEY)) {
            if (values.areValid(key) && values.find(key) != null && (url == null || !BrokerUrl.isTls(url))) {
                addError(
                        key,
                        "a value while mqtt.url is " + (url == null ? "null" : QuotedText.of(url)),
                        "a mqtt.url with mqtts:// or wss://");
            }
        }
    }

    private void backOffGrows() {
        if (values.areValid(Keys.INTERVAL_OFFLINE, Keys.INTERVAL_OFFLINE_MAX)) {
            Duration first = values.get(Keys.INTERVAL_OFFLINE);
            Duration longest = values.get(Keys.INTERVAL_OFFLINE_MAX);
            if (longest.compareTo(first) < 0) {
                addError(
                        Keys.INTERVAL_OFFLINE_MAX,
                        QuotedText.of(DurationText.of(longest)),
                        "at least polling.interval.offline, which is " + QuotedText.of(DurationText.of(first)));
            }
        }
    }

    private void ntfyTokenHasUrl() {
        if (values.areValid(Keys.NOTIFY_NTFY_TOKEN, Keys.NOTIFY_NTFY_URL)
                && values.find(Keys.NOTIFY_NTFY_TOKEN) != null
                && values.find(Keys.NOTIFY_NTFY_URL) == null) {
            addError(Keys.NOTIFY_NTFY_TOKEN, "a token without notify.ntfy.url", "both, or neither");
        }
    }

    private void portsDiffer() {
        if (values.areValid(Keys.HTTP_PORT, Keys.BROKER_PORT, Keys.MQTT_URL)
                && values.find(Keys.MQTT_URL) == null
                && values.get(Keys.HTTP_PORT).equals(values.get(Keys.BROKER_PORT))) {
            addError(Keys.BROKER_PORT, values.get(Keys.BROKER_PORT) + ", which is also http.port", "another port");
        }
    }

    private void requireBothOrNeither(Key<?> one, Key<?> other) {
        boolean first = values.find(one) != null;
        if (values.areValid(one, other) && first != (values.find(other) != null)) {
            Key<?> present = first ? one : other;
            addError(present, "a value without " + (first ? other : one).path(), "both or neither");
        }
    }

    /** Names other than localhost are not resolved and count as reachable from elsewhere. */
    private boolean isLoopback(Key<String> key) {
        String host = values.get(key);
        InetAddress address = IpLiteral.parse(host);
        return address == null ? host.equals("localhost") : address.isLoopbackAddress();
    }

    private String quoted(Key<String> key) {
        return QuotedText.of(values.get(key));
    }

    private void addError(Key<?> key, String found, String expected) {
        values.addError(values.where(key), found, expected);
    }
}
