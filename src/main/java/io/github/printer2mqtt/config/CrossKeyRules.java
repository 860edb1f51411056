package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.BrokerUrl;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Checks rules that concern several keys. A rule is skipped if one of its keys is invalid. */
final class CrossKeyRules {
    private static final int MAX_SITES = 16;

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
        keyPasswordHasKey(Keys.MQTT_TLS_KEY_PASSWORD, Keys.MQTT_TLS_KEY);
        keyPasswordHasKey(HttpKeys.TLS_KEY_PASSWORD, HttpKeys.TLS_KEY);
        backOffGrows();
        requireBothOrNeither(AlertKeys.NOTIFY_WEBHOOK_URL, AlertKeys.NOTIFY_WEBHOOK_SECRET);
        ntfyTokenHasUrl();
        portsDiffer();
        requireBothOrNeither(HttpKeys.TLS_CERTIFICATE, HttpKeys.TLS_KEY);
        oneKeyForSecrets();
        requireBothOrNeither(HttpKeys.PROXY_USER_HEADER, HttpKeys.PROXY_SECRET);
        proxyLoginIsComplete();
        serverHasUrlAndUser();
        nodesShareServers();
        sitesDiffer();
    }

    private void serverHasUrlAndUser() {
        if (!values.areValid(DatabaseKeys.URL, DatabaseKeys.USERNAME, DatabaseKeys.TLS_MODE)) {
            return;
        }
        requireBothOrNeither(DatabaseKeys.URL, DatabaseKeys.USERNAME);
        boolean hasUrl = values.find(DatabaseKeys.URL) != null;
        for (Key<?> key : List.of(DatabaseKeys.PASSWORD, DatabaseKeys.TLS_MODE, DatabaseKeys.TLS_CA)) {
            if (values.areValid(key) && values.find(key) != null && !hasUrl) {
                addError(key, "a value while database.url is null", "a database.url with postgresql://");
            }
        }
        authorityIsChecked();
    }

    /** What nodes share must be outside of each of them. */
    private void nodesShareServers() {
        if (!values.areValid(DatabaseKeys.NODE) || values.find(DatabaseKeys.NODE) == null) {
            return;
        }
        if (values.areValid(DatabaseKeys.URL) && values.find(DatabaseKeys.URL) == null) {
            addError(DatabaseKeys.NODE, "a value while database.url is null", "a database.url that all nodes have");
        }
        if (values.areValid(Keys.MQTT_URL) && values.find(Keys.MQTT_URL) == null) {
            addError(DatabaseKeys.NODE, "a value while mqtt.url is null", "an mqtt.url that all nodes have");
        }
        if (values.areValid(Keys.SECRETS_KEY, Keys.SECRETS_KEY_FILE)
                && values.find(Keys.SECRETS_KEY) == null
                && values.find(Keys.SECRETS_KEY_FILE) == null) {
            addError(
                    DatabaseKeys.NODE,
                    "a value without secrets.key and secrets.key_file",
                    "the same key for the credentials on all nodes");
        }
    }

    private void authorityIsChecked() {
        DatabaseUrl url = values.find(DatabaseKeys.URL);
        if (url == null || !values.areValid(DatabaseKeys.TLS_CA) || values.find(DatabaseKeys.TLS_CA) == null) {
            return;
        }
        DatabaseConfig.Tls set = values.find(DatabaseKeys.TLS_MODE);
        DatabaseConfig.Tls mode = set == null ? DatabaseConfig.Tls.defaultFor(url) : set;
        if (mode != DatabaseConfig.Tls.VERIFY_FULL) {
            addError(
                    DatabaseKeys.TLS_CA,
                    "a value while database.tls.mode is " + QuotedText.of(mode.wireName()),
                    "\"verify-full\" there, or no value here");
        }
    }

    /** Of a topic that two bridges may publish, nobody could say whose it is. */
    private void sitesDiffer() {
        if (!values.areValid(Keys.SITES)) {
            return;
        }
        List<SiteConfig> sites = values.get(Keys.SITES);
        if (sites.size() > MAX_SITES) {
            addError(Keys.SITES, sites.size() + " sites", "at most " + MAX_SITES);
        }
        for (int i = 0; i < sites.size(); i++) {
            SiteConfig site = sites.get(i);
            String where = values.where(Keys.SITES) + "[" + i + "]";
            if (values.areValid(Keys.MQTT_BASE_TOPIC) && site.overlaps(values.get(Keys.MQTT_BASE_TOPIC))) {
                values.addError(
                        where,
                        "the base topic " + QuotedText.of(site.baseTopic()),
                        "one that is neither our mqtt.base_topic " + quoted(Keys.MQTT_BASE_TOPIC)
                                + " nor below or above it");
            }
            for (SiteConfig earlier : sites.subList(0, i)) {
                if (site.name().equals(earlier.name())) {
                    values.addError(
                            where,
                            "the name " + QuotedText.of(site.name()) + ", which another site has",
                            "another name");
                } else if (site.overlaps(earlier.baseTopic())) {
                    values.addError(
                            where,
                            "the base topic " + QuotedText.of(site.baseTopic()),
                            "one that is neither that of the site " + earlier.name() + ", "
                                    + QuotedText.of(earlier.baseTopic()) + ", nor below or above it");
                }
            }
        }
    }

    /** A header with a user name is worth what the address, the secret and the roles around it are. */
    private void proxyLoginIsComplete() {
        if (!values.areValid(
                HttpKeys.PROXY_USER_HEADER,
                HttpKeys.PROXY_GROUPS_HEADER,
                HttpKeys.PROXY_TRUSTED,
                HttpKeys.PROXY_ROLES)) {
            return;
        }
        boolean hasUser = values.find(HttpKeys.PROXY_USER_HEADER) != null;
        for (Key<? extends List<?>> key : List.of(HttpKeys.PROXY_TRUSTED, HttpKeys.PROXY_ROLES)) {
            if (hasUser && values.get(key).isEmpty()) {
                addError(HttpKeys.PROXY_USER_HEADER, "a header while " + key.path() + " is empty", "both or neither");
            }
        }
        if (!hasUser && !values.get(HttpKeys.PROXY_ROLES).isEmpty()) {
            addError(HttpKeys.PROXY_ROLES, "roles without http.proxy.user_header", "both or neither");
        }
        if (!hasUser && values.find(HttpKeys.PROXY_GROUPS_HEADER) != null) {
            addError(HttpKeys.PROXY_GROUPS_HEADER, "a header without http.proxy.user_header", "both or neither");
        }
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

    private void keyPasswordHasKey(Key<Secret> password, Key<String> file) {
        if (values.areValid(password, file) && values.find(password) != null && values.find(file) == null) {
            addError(password, "a password without " + file.path(), "both, or neither");
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
        if (values.areValid(AlertKeys.NOTIFY_NTFY_TOKEN, AlertKeys.NOTIFY_NTFY_URL)
                && values.find(AlertKeys.NOTIFY_NTFY_TOKEN) != null
                && values.find(AlertKeys.NOTIFY_NTFY_URL) == null) {
            addError(AlertKeys.NOTIFY_NTFY_TOKEN, "a token without notify.ntfy.url", "both, or neither");
        }
    }

    private void portsDiffer() {
        if (values.areValid(HttpKeys.PORT, Keys.BROKER_PORT, Keys.MQTT_URL)
                && values.find(Keys.MQTT_URL) == null
                && values.get(HttpKeys.PORT).equals(values.get(Keys.BROKER_PORT))) {
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
