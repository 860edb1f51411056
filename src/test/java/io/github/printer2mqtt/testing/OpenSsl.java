package io.github.printer2mqtt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority, keys and certificates, made by openssl in a folder.
 *
 * @param folder without spaces in its path
 */
public record OpenSsl(Path folder) {
    private static final String NEW_KEY = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    /** With an authority {@code ca.pem}; skips the test if openssl is not installed. */
    public static OpenSsl in(Path folder) {
        OpenSsl openssl = new OpenSsl(folder);
        openssl.authority("ca", "Workshop");
        return openssl;
    }

    /** Makes an authority {@code name.pem} with its key {@code name.key}. */
    public Path authority(String name, String commonName) {
        run(NEW_KEY + " -out " + name + ".key");
        run("req -x509 -days 9 -subj /CN=" + commonName + " -key " + name + ".key -out " + name + ".pem");
        return file(name + ".pem");
    }

    /** Makes a key {@code name.key} by a command of openssl without {@code -out}. */
    public Path key(String name, String command) {
        run(command + " -out " + name + ".key");
        return file(name + ".key");
    }

    /** Makes an unencrypted EC key {@code name.key} in PKCS #8. */
    public Path key(String name) {
        return key(name, NEW_KEY);
    }

    /**
     * Signs a certificate {@code name.pem} of a key {@code name.key}.
     *
     * @param options further ones of {@code openssl x509}, such as its lifetime
     */
    public Path certificate(String name, String authority, String options) {
        write("names", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
        run("req -new -subj /CN=" + name + " -key " + name + ".key -out " + name + ".csr");
        run("x509 -req -in " + name + ".csr -CA " + authority + ".pem -CAkey " + authority
                + ".key -CAcreateserial -extfile names -out " + name + ".pem " + options);
        return file(name + ".pem");
    }

    /** The same by {@code ca} for nine days. */
    public Path certificate(String name) {
        return certificate(name, "ca", "-days 9");
    }

    /** Writes a list that revokes a certificate of {@code ca}. */
    public Path revoke(String name) {
        write("index", "");
        write("ca.conf", "[ca]\ndefault_ca=own\n[own]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=9\n");
        String own = "ca -batch -config ca.conf -cert ca.pem -keyfile ca.key ";
        run(own + "-revoke " + name + ".pem");
        run(own + "-gencrl -out ca.crl");
        return file("ca.crl");
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Runs openssl in the folder; the arguments contain no spaces. */
    public void run(String arguments) {
        List<String> command = new ArrayList<>(List.of(Peers.program("openssl").toString()));
        command.addAll(List.of(arguments.strip().split(" +")));
        Mosquitto.run(folder, command);
    }
}
