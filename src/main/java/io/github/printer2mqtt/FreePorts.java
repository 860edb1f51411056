package io.github.printer2mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Replaces default ports that are in use by free ones. Blocks briefly. */
final class FreePorts {
    private static final int MAX_TRIED = 50;

    private FreePorts() {}

    /** Replaces each port that the user did not set by the next free one; keeps it if none is free. */
    static BridgeConfig replaceDefaultsInUse(BridgeConfig config) {
        boolean embedded = config.mqtt().url() == null;
        int broker = config.broker().port();
        if (embedded && !Setting.explicitKeys(config.settings()).contains("broker.port")) {
            broker = free(config.broker().host(), broker, config.http().port());
        }
        int http = config.http().port();
        if (!Setting.explicitKeys(config.settings()).contains("http.port")) {
            http = free(config.http().host(), http, embedded ? broker : 0);
        }
        return config.withPorts(http, broker);
    }

    /** @param except a port that must not be chosen */
    private static int free(String host, int preferred, int except) {
        for (int port = preferred; port < preferred + MAX_TRIED; port++) {
            if (port != except && isFree(host, port)) {
                return port;
            }
        }
        return preferred;
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false; // the server itself reports why it cannot listen
        }
    }
}
