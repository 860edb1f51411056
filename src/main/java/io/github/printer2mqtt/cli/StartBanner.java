package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user reads when the bridge has started: where everything is.
 *
 * @param config it was started with
 * @param httpPort on which the API listens, which differs from the configured one if that is 0
 * @param printers how many are registered
 */
public record StartBanner(BridgeConfig config, int httpPort, int printers) {
    /** The first line, which is printed before the start. */
    public static String title() {
        return "printer2mqtt " + Version.text();
    }

    /** The lines below it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("  dashboard and API  " + api());
        lines.add("  MQTT broker        " + broker());
        lines.add("  printers           " + registered());
        return List.copyOf(lines);
    }

    private String api() {
        BridgeConfig.Http http = config.http();
        String url = HostUrl.reachable("http", http.host(), httpPort) + "/";
        String where = HostUrl.isEveryAddress(http.host()) ? " and every other address of this machine" : "";
        return url
                + where
                + (http.token() == null ? " (no token, for this machine only)" : " (token required)")
                + insteadOf("http.port", httpPort, BridgeConfig.Http.defaults().port());
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
                        BridgeConfig.Broker.defaults().port());
    }

    private String insteadOf(String key, int port, int standard) {
        return isInsteadOf(key, port, standard) ? "; port " + standard + " is taken, " + key + " sets one" : "";
    }

    private boolean isInsteadOf(String key, int port, int standard) {
        return port != standard && !config.explicitKeys().contains(key);
    }

    private String registered() {
        if (printers > 0) {
            return Integer.toString(printers);
        }
        String url =
                isInsteadOf("http.port", httpPort, BridgeConfig.Http.defaults().port())
                        ? " --url " + HostUrl.reachable("http", config.http().host(), httpPort)
                        : "";
        return "none yet: printer2mqtt printers add NAME --address HOST" + url;
    }
}
