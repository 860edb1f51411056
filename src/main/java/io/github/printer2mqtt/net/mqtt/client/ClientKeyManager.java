package io.github.printer2mqtt.net.mqtt.client;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents the configured client certificate whatever authorities the broker names: kept back, it would make the broker say that
 * there is none instead of that it does not trust this one.
 */
final class ClientKeyManager extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;

    ClientKeyManager(X509ExtendedKeyManager keys) {
        this.keys = keys;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] algorithms, Principal @Nullable [] ignored, @Nullable Socket socket) {
        return keys.chooseClientAlias(algorithms, null, socket);
    }

    @Override
    public String @Nullable [] getClientAliases(String algorithm, Principal @Nullable [] ignored) {
        return keys.getClientAliases(algorithm, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }

    @Override
    public String @Nullable [] getServerAliases(String algorithm, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            String algorithm, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
