package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.type.BrokerUrl;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages for errors in config.json. */
class InvalidConfigTest {
    private static Stream<Arguments> invalidFiles() {
        return Stream.of(
                invalid(
                        "{'polling': {'timeout': '1x'}}",
                        "polling.timeout: found '1x', expected a duration such as '500ms', '2s' or '5m'"),
                invalid(
                        "{'mqtt': {'response_topics': ['red/a+']}}",
                        "mqtt.response_topics[0]: found 'red/a+', expected a filter in which + is a whole level and # is"
                                + " the whole last level"),
                invalid(
                        "{'polling': {'timeout': 1000}}",
                        "polling.timeout: found 1000, expected a duration from 250ms to 1m"),
                invalid(
                        "{'polling': {'timeout': '61s'}}",
                        "polling.timeout: found '61s', expected a duration from 250ms to 1m"),
                invalid(
                        "{'polling': {'interval': {'printing': '100ms'}}}",
                        "polling.interval.printing: found '100ms', expected a duration from 250ms to 1h"),
                invalid(
                        "{'polling': {'interval': {'idle': '2h'}}}",
                        "polling.interval.idle: found '2h', expected a duration from 250ms to 1h"),
                invalid(
                        "{'polling': {'interval': {'offline': '5m'}}}",
                        "polling.interval.offline_max: found '1m', expected at least polling.interval.offline, which is"
                                + " '5m'"),
                invalid("{'polling': {'interval': '2s'}}", "polling.interval: found a string, expected an object"),
                invalid(
                        "{'polling': {'offline_after': 0}}",
                        "polling.offline_after: found 0, expected a whole number from 1 to 100"),
                invalid(
                        "{'polling': {'offline_after': 2.5}}",
                        "polling.offline_after: found 2.5, expected a whole number from 1 to 100"),
                invalid(
                        "{'polling': {'offline_after': 1e999999}}",
                        "polling.offline_after: found 1e999999, expected a whole number from 1 to 100"),
                invalid(
                        "{'polling': {'offlineAfter': 2}}",
                        "polling.offlineAfter: found an unknown key, expected polling.offline_after"),
                invalid("{'timeout': '2s'}", "timeout: found an unknown key, expected polling.timeout"),
                invalid("{'htpt': {'port': 1}}", "htpt: found an unknown key, expected http"),
                invalid("{'mqtt': {'qqqqqqqq': 1}}", """
                        mqtt.qqqqqqqq: found an unknown key, expected one of mqtt.url, mqtt.username, mqtt.password, \
                        mqtt.version, mqtt.base_topic, mqtt.client_id, mqtt.attributes, mqtt.log, mqtt.raw, mqtt.response_topics, \
                        mqtt.tls"""),
                invalid(
                        "{'a\\n b': 1}",
                        "'a? b': found an unknown key, expected one of http, mqtt, broker, polling, database, cluster, secrets, backup,"
                                + " commands, alerts, notify, plate, history, home_assistant, security, sites, log"),
                invalid(
                        "{'http': {'port': '8080'}}",
                        "http.port: found '8080', expected a whole number from 0 to 65535"),
                invalid("{'http': {'port': 65536}}", "http.port: found 65536, expected a whole number from 0 to 65535"),
                invalid("{'http': {'port': null}}", "http.port: found null, expected a whole number from 0 to 65535"),
                invalid("{'http': {'port': [1]}}", """
                        http.port: found a list, expected a whole number from 0 to 65535"""),
                invalid("{'http': {'port': 1, 'port': 2}}", "http.port: found this key twice, expected it once"),
                invalid("{'http': null}", "http: found null, expected an object"),
                invalid(
                        "{'http': {'host': 'http://x'}}",
                        "http.host: found 'http://x', expected a host name or an IP address without scheme, port and"
                                + " path"),
                invalid("{'http': {'host': '127.1'}}", """
                        http.host: found '127.1', expected a host name or an IP address"""),
                invalid(
                        "{'http': {'token': 'short'}}",
                        "http.token: found fewer than 16 characters, expected 16 to 1024 characters"),
                invalid(
                        "{'http': {'token': 1234567890123456}}",
                        "http.token: found a number, expected a string of 16 characters or more"),
                invalid(
                        "{'http': {'token': 'with a space in the middle'}}",
                        "http.token: found a space or a character outside ASCII, expected ASCII letters, digits and"
                                + " symbols only"),
                invalid(
                        "{'http': {'allowed_hosts': 'a'}}",
                        "http.allowed_hosts: found 'a', expected a list of host names"),
                invalid(
                        "{'http': {'allowed_hosts': ['a', 'b:80']}}",
                        "http.allowed_hosts[1]: found 'b:80', expected a host name or an IP address without scheme,"
                                + " port and path"),
                invalid(
                        "{'mqtt': {'url': 'http://broker'}}",
                        "mqtt.url: found 'http://broker', expected " + quoted(BrokerUrl.EXPECTED)),
                invalid(
                        "{'mqtt': {'url': 'mqtt://broker:0'}}",
                        "mqtt.url: found 'mqtt://broker:0', expected " + quoted(BrokerUrl.EXPECTED)),
                invalid(
                        "{'mqtt': {'url': 'mqtt://broker/path'}}",
                        "mqtt.url: found 'mqtt://broker/path', expected " + quoted(BrokerUrl.EXPECTED)),
                invalid(
                        "{'mqtt': {'url': 'mqtt://me:hush@broker'}}",
                        "mqtt.url: found a user name in the URL, expected it in mqtt.username and mqtt.password"),
                invalid(
                        "{'mqtt': {'base_topic': '/lead'}}",
                        "mqtt.base_topic: found '/lead', expected one or more topic levels, none of them empty, without"
                                + " a slash at either end"),
                invalid(
                        "{'mqtt': {'base_topic': 'a//b'}}",
                        "mqtt.base_topic: found 'a//b', expected one or more topic levels, none of them empty, without"
                                + " a slash at either end"),
                invalid(
                        "{'mqtt': {'base_topic': 'a/+/b'}}",
                        "mqtt.base_topic: found 'a/+/b', expected a topic of at most 200 characters without +, # and"
                                + " control characters"),
                invalid(
                        "{'mqtt': {'base_topic': 'a\\u0000'}}",
                        "mqtt.base_topic: found 'a?', expected a topic of at most 200 characters without +, # and"
                                + " control characters"),
                invalid(
                        "{'mqtt': {'base_topic': '$SYS'}}",
                        "mqtt.base_topic: found '$SYS', expected a topic that does not start with $, which is"
                                + " reserved for the broker"),
                invalid("{'mqtt': {'version': '4'}}", "mqtt.version: found '4', expected one of 'auto', '5', '3.1.1'"),
                invalid(
                        "{'mqtt': {'password': 'hush'}}",
                        "mqtt.password: found a password without mqtt.username, expected both, or mqtt.version '5'"),
                invalid(
                        "{'mqtt': {'url': 'mqtt://b', 'tls': {'ca': 'ca.pem'}}}",
                        "mqtt.tls.ca: found a value while mqtt.url is 'mqtt://b', expected a mqtt.url with mqtts:// or wss://"),
                invalid(
                        "{'mqtt': {'tls': {'ca': 'ca.pem'}}}",
                        "mqtt.tls.ca: found a value while mqtt.url is null, expected a mqtt.url with mqtts:// or wss://"),
                invalid(
                        "{'mqtt': {'url': 'mqtts://b', 'tls': {'key': 'key.pem'}}}",
                        "mqtt.tls.key: found a value without mqtt.tls.certificate, expected both or neither"),
                invalid(
                        "{'http': {'tls': {'certificate': 'farm.pem'}}}",
                        "http.tls.certificate: found a value without http.tls.key, expected both or neither"),
                invalid(
                        "{'http': {'tls': {'key_password': 'hush'}}}",
                        "http.tls.key_password: found a password without http.tls.key, expected both, or neither"),
                invalid(
                        "{'mqtt': {'url': 'mqtts://b', 'tls': {'key_password': 'hush'}}}",
                        "mqtt.tls.key_password: found a password without mqtt.tls.key, expected both, or neither"),
                invalid("{'http': {'proxy': {'trusted': ['proxy.local']}}}", """
                        http.proxy.trusted[0]: found 'proxy.local', expected an IP address, or a network such as '192.0.2.0/24'"""),
                invalid("{'http': {'proxy': {'trusted': ['192.0.2.7', '0.0.0.0/0']}}}", """
                        http.proxy.trusted[1]: found '0.0.0.0/0', expected an IP address, or a network such as '192.0.2.0/24', \
                        with a prefix of at least 7"""),
                invalid("{'http': {'ingress': {'roles': ['ada=root']}}}", """
                        http.ingress.roles[0]: found 'ada=root', expected name=role, with one of viewer, operator, admin"""),
                invalid("{'http': {'proxy': {'user_header': 'Remote User'}}}", """
                        http.proxy.user_header: found 'Remote User', expected the name of a header such as 'Remote-User'"""),
                invalid(
                        "{'http': {'proxy': {'trusted': ['192.0.2.7'], 'user_header': 'Remote-User', 'roles': ['*=viewer']}}}",
                        "http.proxy.user_header: found a value without http.proxy.secret, expected both or neither"),
                invalid(
                        "{'http': {'proxy': {'secret': '0123456789abcdef', 'user_header': 'Remote-User', 'roles': ['*=viewer']}}}",
                        "http.proxy.user_header: found a header while http.proxy.trusted is empty, expected both or neither"),
                invalid(
                        "{'http': {'proxy': {'secret': '0123456789abcdef', 'user_header': 'Remote-User', 'trusted': ['::1']}}}",
                        "http.proxy.user_header: found a header while http.proxy.roles is empty, expected both or neither"),
                invalid(
                        "{'http': {'proxy': {'roles': ['*=viewer']}}}",
                        "http.proxy.roles: found roles without http.proxy.user_header, expected both or neither"),
                invalid(
                        "{'http': {'proxy': {'groups_header': 'Remote-Groups'}}}",
                        "http.proxy.groups_header: found a header without http.proxy.user_header, expected both or neither"),
                invalid(
                        "{'secrets': {'key': 'canary'}}",
                        "secrets.key: found something else, expected 64 hexadecimal digits (openssl rand -hex 32)"),
                invalid(
                        "{'secrets': {'key': '%s', 'key_file': 'my.key'}}".formatted("0f".repeat(32)),
                        "secrets.key_file: found a file while secrets.key is set as well, expected only one of the two"),
                invalid("{'broker': {'port': 0}}", "broker.port: found 0, expected a whole number from 1 to 65535"),
                invalid(
                        "{'broker': {'port': 8080}}",
                        "broker.port: found 8080, which is also http.port, expected another port"),
                invalid(
                        "{'broker': {'host': '192.0.2.1'}}",
                        "broker.host: found '192.0.2.1' without broker.username and broker.password, expected both, or"
                                + " a loopback address"),
                invalid(
                        "{'broker': {'username': 'me'}}",
                        "broker.username: found a value without broker.password, expected both or neither"),
                invalid(
                        "{'broker': {'password': 'hush'}}",
                        "broker.password: found a value without broker.username, expected both or neither"),
                invalid(
                        "{'database': {'path': ':memory:'}}",
                        "database.path: found ':memory:', expected the path of a file without ?, :memory:, :resource:"
                                + " and file:"),
                invalid(
                        "{'database': {'path': 'a.db?mode=ro'}}",
                        "database.path: found 'a.db?mode=ro', expected the path of a file without ?, :memory:,"
                                + " :resource: and file:"),
                invalid(
                        "{'database': {'path': ''}}",
                        "database.path: found '', expected the path of a file of 1 to 1024 characters on one line"),
                invalid(
                        "{'mqtt': {'url': 'mqtt://b'}, 'secrets': {'key_file': 'k'}, 'cluster': {'node': 'a'}}",
                        "cluster.node: found a value while database.url is null, expected a database.url that all nodes have"),
                invalid(
                        "{'database': {'url': 'postgresql://db/x', 'username': 'u'}, 'secrets': {'key_file': 'k'}, 'cluster': {'node': 'a'}}",
                        "cluster.node: found a value while mqtt.url is null, expected an mqtt.url that all nodes have"),
                invalid(
                        "{'database': {'url': 'postgresql://db/x', 'username': 'u'}, 'mqtt': {'url': 'mqtt://b'}, 'cluster': {'node': 'a'}}",
                        "cluster.node: found a value without secrets.key and secrets.key_file, expected the same key for the"
                                + " credentials on all nodes"),
                invalid("{'cluster': {'lease': '2s'}}", "cluster.lease: found '2s', expected a duration from 3s to 1m"),
                invalid(
                        "{'commands': {'mqtt': ['pause', 'explode']}}",
                        "commands.mqtt[1]: found 'explode', expected one of 'pause', 'resume', 'cancel',"
                                + " 'nozzle_temperature', 'bed_temperature', 'home', 'emergency_stop', 'light', 'speed', 'clear_plate'"),
                invalid(
                        "{'home_assistant': {'discovery': false}}",
                        "home_assistant.discovery: found false, expected one of 'device', 'component', 'off'"),
                invalid(
                        "{'home_assistant': {'prefix': 'a#'}}",
                        "home_assistant.prefix: found 'a#', expected a topic of at most 200 characters without +, # and"
                                + " control characters"),
                invalid(
                        "{'security': {'allow_loopback_printers': 'yes'}}",
                        "security.allow_loopback_printers: found 'yes', expected true or false"),
                invalid("[]", "config.json: found a list, expected an object"),
                invalid("", "config.json: found an empty file, expected at least {}"),
                invalid(
                        "{} {}",
                        "config.json, line 1, column 4: found text after the end of the JSON object, expected one JSON object"));
    }

    private static Arguments invalid(String json, String line) {
        return Arguments.of(json.replace('\'', '"'), line.replace('\'', '"'));
    }

    private static String quoted(String text) {
        return text.replace('"', '\'');
    }

    @ParameterizedTest
    @MethodSource("invalidFiles")
    void errorNamesKeyFoundAndExpectedValue(String json, String line) {
        assertThat(lines(json)).containsExactly(line);
    }

    @Test
    void everyErrorIsReported() {
        assertThat(lines("{\"http\": {\"prot\": 1, \"port\": -1}, \"polling\": {\"timeout\": \"soon\"}}"))
                .containsExactly(
                        "http.prot: found an unknown key, expected http.port",
                        "http.port: found -1, expected a whole number from 0 to 65535",
                        "polling.timeout: found \"soon\", expected a duration such as \"500ms\", \"2s\" or \"5m\"");
    }

    @Test
    void errorNeverShowsASecret() {
        String canary = "canary-7f3a";
        List<String> files = List.of(
                "{\"http\": {\"token\": \"%s\"}}",
                "{\"http\": {\"token\": %s}}",
                "{\"http\": {\"token\": \"%s}}",
                "{\"http\": \"%s\"}",
                "{\"http\": {\"token\": [\"%s\"]}}",
                "{\"http\": {\"token\": {\"a\": \"%s\"}}}",
                "{\"http\": {\"token\": \"%s with spaces and more\"}}",
                "{\"mqtt\": {\"password\": \"%s\"}}",
                "{\"mqtt\": {\"password\": \"%s\\n\"}}",
                "{\"mqtt\": {\"url\": \"mqtt//me:%s@broker\"}}",
                "{\"mqtt\": {\"url\": \"wss://broker/mqtt?token=%s\"}}",
                "{\"broker\": {\"password\": \"%s\"}}");
        for (String file : files) {
            assertThat(lines(String.format(Locale.ROOT, file, canary)))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("canary"));
        }
    }

    /** The messages for a file with this text. */
    static List<String> lines(String json) {
        try {
            new ConfigReader(Map.of(), path -> "").read("config.json", json);
            return List.of();
        } catch (InvalidConfigException e) {
            return e.errors().stream()
                    .map(InvalidConfigException.ConfigError::line)
                    .toList();
        }
    }
}
