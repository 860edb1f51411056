package io.github.printer2mqtt.persistence.encryption;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException.LostKeyException;
import io.github.printer2mqtt.text.Secret;
import org.jspecify.annotations.Nullable;

/** Where the key for the stored credentials comes from. */
public interface KeySource {
    /**
     * The key to use. Blocks.
     *
     * @param usedId the id of the key that the database is encrypted with; null if it is not encrypted yet, and then a
     *     missing key is created
     * @throws LostKeyException if there is no key with that id
     * @throws EncryptionKeyException if a key cannot be read or created
     */
    EncryptionKey keyFor(@Nullable String usedId);

    /** The configured source. The file is a path of this system. */
    static KeySource of(BridgeConfig.Secrets config) {
        Secret key = config.key();
        return key == null ? KeyFile.at(config.keyFile()) : new ConfiguredKey(EncryptionKey.of(key));
    }

    /** A key that the configuration contains. */
    record ConfiguredKey(EncryptionKey key) implements KeySource {
        @Override
        public EncryptionKey keyFor(@Nullable String usedId) {
            if (usedId != null && !usedId.equals(key.id())) {
                throw new LostKeyException("secrets.key", "the " + key, usedId);
            }
            return key;
        }
    }
}
