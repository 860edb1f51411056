package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.Setting;
import io.github.printer2mqtt.text.HostUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a user reads after the start: where the API and the broker are, and how many printers are registered.
 *
 * @param config the configuration of the bridge
 * @param httpPort the port of the API, which differs from the configured one if that is 0
 * @param printers the number of registered printers; null for a node that stands by
 * @param admission what clients of the API need, for people
 */
public record StartBanner(
        BridgeConfig config, int httpPort, @Nullable Integer printers, String admission) {
    /** The first line, printed before the start. */
    public static String title() {
        return "printer2mqtt " + Version.text();
    }

    /** The lines below the title. */
    public List<String> lines() {
        return List.of("  API          " + api(), "  MQTT broker  " + broker(), "  printers     " + registered());
    }

    /** The most important of it in one line. */
    public String summary() {
        return "API " + url() + (printers == null ? ", " + admission : ", printers: " + printers);
    }

    private String url() {
        return HostUrl.reachable(config.http().scheme(), config.http().host(), httpPort) + "/";
    }

    private String api() {
        BridgeConfig.Http http = config.http();
        String others = HostUrl.isWildcard(http.host()) ? " and every other address of this machine" : "";
        return url()
                + others
                + " (" + admission + ")"
                + insteadOf(
                        "http.port", httpPort, BridgeConfig.defaults().http().port());
    }

    private String broker() {
        String url = config.mqtt().url();
        if (url != null) {
            return url;
        }
        BridgeConfig.Broker embedded = config.broker();
        String login = embedded.username() == null ? "no login" : "login required";
        return HostUrl.reachable("mqtt", embedded.host(), embedded.port()) + " (embedded, " + login + ")"
                + insteadOf(
                        "broker.port",
                        embedded.port(),
                        BridgeConfig.defaults().broker().port());
    }

    private String insteadOf(String key, int port, int standard) {
        return isInsteadOf(key, port, standard)
                ? "; port " + standard + " is in use, set " + key + " to choose another"
                : "";
    }

    private boolean isInsteadOf(String key, int port, int standard) {
        return port != standard && !Setting.explicitKeys(config.settings()).contains(key);
    }

    private String registered() {
        if (printers == null) {
            return "those of " + config.database().shown() + ", when this node works";
        }
        if (printers > 0) {
            return Integer.toString(printers);
        }
        String url = isInsteadOf(
                        "http.port", httpPort, BridgeConfig.defaults().http().port())
                ? " --url "
                        + HostUrl.reachable(
                                config.http().scheme(), config.http().host(), httpPort)
                : "";
        return "none yet: printer2mqtt printers add NAME --address HOST" + url;
    }
}
