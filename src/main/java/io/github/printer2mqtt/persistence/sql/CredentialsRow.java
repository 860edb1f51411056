package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.encryption.FieldCipher.UndecryptableException;
import io.github.printer2mqtt.text.Secret;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** Maps credentials to rows of their table, where every value is encrypted, the user name included. */
final class CredentialsRow {
    static final String SELECT = "SELECT printer, api_key, username, password FROM credentials";
    static final String INSERT = "INSERT INTO credentials (printer, api_key, username, password) VALUES (?, ?, ?, ?)";
    static final String DELETE = "DELETE FROM credentials WHERE printer = ?";
    static final String DELETE_ALL = "DELETE FROM credentials";

    private CredentialsRow() {}

    /** The values of {@link #INSERT}. */
    static Tuple encrypted(PrinterId printer, Credentials credentials, FieldCipher cipher) {
        return encrypted(printer.value(), credentials, cipher);
    }

    private static Tuple encrypted(String printer, Credentials credentials, FieldCipher cipher) {
        return Tuple.of(
                printer,
                encrypted(place(printer, "api_key"), revealed(credentials.apiKey()), cipher),
                encrypted(place(printer, "username"), credentials.username(), cipher),
                encrypted(place(printer, "password"), revealed(credentials.password()), cipher));
    }

    /** The values of {@link #INSERT} for an existing row that is not encrypted yet. */
    static Tuple encrypted(Row plain, FieldCipher cipher) {
        Credentials credentials = new Credentials(
                Secret.ofNullable(plain.getString("api_key")),
                plain.getString("username"),
                Secret.ofNullable(plain.getString("password")));
        return encrypted(plain.getString("printer"), credentials, cipher);
    }

    /** The values of {@link #INSERT} for an existing row that is encrypted with another key. */
    static Tuple encryptedAnew(Row row, FieldCipher from, FieldCipher to) throws UndecryptableException {
        return encrypted(row.getString("printer"), decrypted(row, from), to);
    }

    static Credentials decrypted(Row row, FieldCipher cipher) throws UndecryptableException {
        return new Credentials(
                Secret.ofNullable(decrypted(row, "api_key", cipher)),
                decrypted(row, "username", cipher),
                Secret.ofNullable(decrypted(row, "password", cipher)));
    }

    private static @Nullable String encrypted(String place, @Nullable String text, FieldCipher cipher) {
        return text == null ? null : cipher.encrypt(place, text);
    }

    private static @Nullable String decrypted(Row row, String column, FieldCipher cipher)
            throws UndecryptableException {
        String text = row.getString(column);
        return text == null ? null : cipher.decrypt(place(row.getString("printer"), column), text);
    }

    private static String place(String printer, String column) {
        return "credentials\n" + column + "\n" + printer;
    }

    private static @Nullable String revealed(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }
}
