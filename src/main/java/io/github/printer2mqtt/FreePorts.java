package io.github.printer2mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that can be bound, in place of default ones that other programs have. Blocks shortly. */
final class FreePorts {
    /** So many ports behind the default one are tried. */
    private static final int MOST_TRIED = 50;

    private FreePorts() {}

    /** The configuration with the next free port for each that nobody has set; unchanged where none is free. */
    static BridgeConfig insteadOfTakenDefaults(BridgeConfig config) {
        boolean embedded = config.mqtt().url() == null;
        int broker = config.broker().port();
        if (embedded && !config.explicitKeys().contains("broker.port")) {
            broker = free(config.broker().host(), broker, config.http().port());
        }
        int http = config.http().port();
        if (!config.explicitKeys().contains("http.port")) {
            http = free(config.http().host(), http, embedded ? broker : 0);
        }
        return config.withPorts(http, broker);
    }

    /** @param except a port that is wanted for something else */
    private static int free(String host, int wanted, int except) {
        for (int port = wanted; port < wanted + MOST_TRIED; port++) {
            if (port != except && isFree(host, port)) {
                return port;
            }
        }
        return wanted;
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false; // what is wrong is told when the port is bound for good
        }
    }
}
