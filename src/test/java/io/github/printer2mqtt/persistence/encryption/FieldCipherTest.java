package io.github.printer2mqtt.persistence.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.persistence.encryption.FieldCipher.UndecryptableException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldCipherTest {
    private static final String PLACE = "credentials\napi_key\nmk4";

    private final EncryptionKey key = EncryptionKey.random();
    private final FieldCipher cipher = new FieldCipher(key);

    @ParameterizedTest
    @ValueSource(strings = {"", "key", "p'ss wörd 漢字 \uD83D\uDE80", "0123456789abcdef0123456789abcdef0123456789abcdef"})
    void decryptsWhatItEncrypted(String text) throws UndecryptableException {
        String encrypted = cipher.encrypt(PLACE, text);

        assertThat(encrypted).startsWith(key.id() + ":");
        assertThat(new FieldCipher(key).decrypt(PLACE, encrypted)).isEqualTo(text);
    }

    @Test
    void sameTextIsEncryptedDifferentlyEachTime() {
        Set<String> encrypted = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(encrypted.add(cipher.encrypt(PLACE, "key"))).isTrue();
        }
    }

    @Test
    void everyChangedByteIsNoticed() {
        String encrypted = cipher.encrypt(PLACE, "api-key");
        int start = key.id().length() + 1;
        byte[] bytes = Base64.getDecoder().decode(encrypted.substring(start));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            assertUndecryptable(PLACE, key.id() + ":" + Base64.getEncoder().encodeToString(bytes));
            bytes[i] ^= 1;
        }
    }

    @Test
    void textOfAnotherPlaceIsRejected() {
        String encrypted = cipher.encrypt(PLACE, "api-key");

        assertUndecryptable("credentials\napi_key\nmk5", encrypted);
        assertUndecryptable("credentials\npassword\nmk4", encrypted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text",
                ":",
                "KEY:",
                "KEY:AAAA",
                "KEY:****",
                "KEY:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoEncryptedTextIsRejected(String stored) {
        assertUndecryptable(PLACE, stored.replace("KEY", key.id()));
    }

    @Test
    void textOfAnotherKeyIsRejected() {
        FieldCipher other = new FieldCipher(EncryptionKey.random());

        assertThatThrownBy(() -> cipher.decrypt(PLACE, other.encrypt(PLACE, "api-key")))
                .isInstanceOf(UndecryptableException.class)
                .hasMessage("it was not encrypted with the key " + key.id());
    }

    @Test
    void keyShowsOnlyItsId() {
        assertThat(key).hasToString("key " + key.id());
        assertThat(key.text()).doesNotContain(key.id());
        assertThat(EncryptionKey.parse(key.text()))
                .extracting(EncryptionKey::id)
                .isEqualTo(key.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0f", "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0g"})
    void whatIsNoKeyIsNotParsed(String text) {
        assertThat(EncryptionKey.parse(text)).isNull();
    }

    private void assertUndecryptable(String place, String encrypted) {
        assertThatThrownBy(() -> cipher.decrypt(place, encrypted)).isInstanceOf(UndecryptableException.class);
    }
}
