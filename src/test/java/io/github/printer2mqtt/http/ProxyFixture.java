package io.github.printer2mqtt.http;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.text.IpNetwork;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bridges behind proxies. The client of {@link RunningApi} connects from 127.0.0.1. */
final class ProxyFixture {
    static final String SECRET = "secret-of-the-proxy";
    static final ProxyConfig.Roles ROLES =
            new ProxyConfig.Roles(Map.of("admins", Role.ADMIN, "staff", Role.OPERATOR, "guests", Role.VIEWER));

    private ProxyFixture() {}

    /** Trusts the client and a network behind it; a user comes with groups. */
    static ProxyConfig login() {
        return new ProxyConfig(
                List.of(IpNetwork.parse("127.0.0.1"), IpNetwork.parse("10.1.0.0/16")),
                new ProxyConfig.Login(Secret.of(SECRET), "Remote-User", "Remote-Groups", ROLES),
                null);
    }

    static ProxyConfig ingress(String peer, ProxyConfig.Roles roles) {
        return new ProxyConfig(List.of(), null, new ProxyConfig.Ingress(IpNetwork.parse(peer), roles));
    }

    static BridgeConfig.Http config(@Nullable String token, ProxyConfig proxy) {
        return new BridgeConfig.Http("127.0.0.1", 0, Secret.ofNullable(token), List.of(), List.of(), null, null, proxy);
    }

    /** Sends a request from 127.0.0.2, which nobody trusts, and returns the whole response. */
    static String fromElsewhere(RunningApi api, String request, String... headers) throws IOException {
        StringBuilder text = new StringBuilder(request).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try (RawClient client = RawClient.fromAnotherAddress(api.port())) {
            client.write(text.append("\r\n").toString());
            return client.readToEnd();
        }
    }
}
