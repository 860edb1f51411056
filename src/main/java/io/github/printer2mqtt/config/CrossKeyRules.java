package io.github.printer2mqtt.config;

import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.QuotedText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** What must hold between keys. A rule is left out where one of its keys is unfit by itself. */
final class CrossKeyRules {
    private final Values values;
    private final InvalidConfigException.Collector problems;

    CrossKeyRules(Values values, InvalidConfigException.Collector problems) {
        this.values = values;
        this.problems = problems;
    }

    void check() {
        openApiHasToken();
        loginOfEmbeddedBrokerIsWhole();
        openBrokerHasLogin();
        passwordHasUser();
        tlsHasTlsUrl();
        certificateHasKey();
        backOffGrows();
        portsDiffer();
    }

    private void openApiHasToken() {
        if (values.areSound(Keys.HTTP_HOST, Keys.HTTP_TOKEN)
                && !isLoopback(Keys.HTTP_HOST)
                && values.find(Keys.HTTP_TOKEN) == null) {
            report(
                    Keys.HTTP_HOST,
                    shown(Keys.HTTP_HOST) + " without http.token",
                    "a token of 16 characters or more, or a loopback address");
        }
    }

    private void loginOfEmbeddedBrokerIsWhole() {
        if (values.areSound(Keys.BROKER_USERNAME, Keys.BROKER_PASSWORD)) {
            together(Keys.BROKER_USERNAME, Keys.BROKER_PASSWORD);
        }
    }

    private void openBrokerHasLogin() {
        if (values.areSound(Keys.BROKER_HOST, Keys.BROKER_USERNAME, Keys.BROKER_PASSWORD)
                && !isLoopback(Keys.BROKER_HOST)
                && values.find(Keys.BROKER_USERNAME) == null
                && values.find(Keys.BROKER_PASSWORD) == null) {
            report(
                    Keys.BROKER_HOST,
                    shown(Keys.BROKER_HOST) + " without broker.username and broker.password",
                    "both, or a loopback address");
        }
    }

    /** MQTT 3.1.1 has no password without a user, and auto may fall back to it. */
    private void passwordHasUser() {
        if (values.areSound(Keys.MQTT_USERNAME, Keys.MQTT_PASSWORD, Keys.MQTT_VERSION)
                && values.find(Keys.MQTT_PASSWORD) != null
                && values.find(Keys.MQTT_USERNAME) == null
                && values.get(Keys.MQTT_VERSION) != MqttConfig.Version.V5) {
            report(Keys.MQTT_PASSWORD, "it without mqtt.username", "both, or mqtt.version \"5\"");
        }
    }

    private void tlsHasTlsUrl() {
        if (!values.areSound(Keys.MQTT_URL)) {
            return;
        }
        String url = values.find(Keys.MQTT_URL);
        for (Key<String> key : List.of(Keys.MQTT_TLS_CA, Keys.MQTT_TLS_CERTIFICATE, Keys.MQTT_TLS_KEY)) {
            if (values.areSound(key) && values.find(key) != null && (url == null || !BrokerUrl.isTls(url))) {
                report(key, "it with mqtt.url " + (url == null ? "null" : QuotedText.of(url)), "mqtts:// or wss://");
            }
        }
    }

    private void certificateHasKey() {
        if (values.areSound(Keys.MQTT_TLS_CERTIFICATE, Keys.MQTT_TLS_KEY)) {
            together(Keys.MQTT_TLS_CERTIFICATE, Keys.MQTT_TLS_KEY);
        }
    }

    private void backOffGrows() {
        if (values.areSound(Keys.INTERVAL_OFFLINE, Keys.INTERVAL_OFFLINE_MAX)) {
            Duration first = values.get(Keys.INTERVAL_OFFLINE);
            Duration longest = values.get(Keys.INTERVAL_OFFLINE_MAX);
            if (longest.compareTo(first) < 0) {
                report(
                        Keys.INTERVAL_OFFLINE_MAX,
                        QuotedText.of(DurationText.of(longest)),
                        "at least polling.interval.offline, which is " + QuotedText.of(DurationText.of(first)));
            }
        }
    }

    private void portsDiffer() {
        if (values.areSound(Keys.HTTP_PORT, Keys.BROKER_PORT, Keys.MQTT_URL)
                && values.find(Keys.MQTT_URL) == null
                && values.get(Keys.HTTP_PORT).equals(values.get(Keys.BROKER_PORT))) {
            report(Keys.BROKER_PORT, values.get(Keys.BROKER_PORT) + ", which is http.port too", "another port");
        }
    }

    private void together(Key<?> one, Key<?> other) {
        boolean first = values.find(one) != null;
        if (first != (values.find(other) != null)) {
            Key<?> lone = first ? one : other;
            report(lone, "it without " + (first ? other : one).path(), "both or none");
        }
    }

    /** Names other than localhost are not resolved and count as reachable from elsewhere. */
    private boolean isLoopback(Key<String> key) {
        String host = values.get(key);
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        try {
            return host.equals("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String shown(Key<String> key) {
        return QuotedText.of(values.get(key));
    }

    private void report(Key<?> key, String found, String expected) {
        problems.add(values.where(key), found, expected);
    }
}
