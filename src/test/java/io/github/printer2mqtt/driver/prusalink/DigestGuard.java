package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.ReplayPrinter.Request;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server side of the digest, as in the firmware and on the Raspberry Pi; the user is always maker. */
final class DigestGuard {
    /** The two servers. */
    enum Form {
        FIRMWARE("Printer API", "HTTP/1.1 401 Unauthorized"),
        RASPBERRY_PI("Administrator", "HTTP/1.0 401 Unauthorized");

        private final String realm;
        private final String statusLine;

        Form(String realm, String statusLine) {
            this.realm = realm;
            this.statusLine = statusLine;
        }
    }

    private final Form form;
    private final String password;
    private volatile String nonce = "n1";

    DigestGuard(Form form, String password) {
        this.form = form;
        this.password = password;
    }

    /** From now on only the next nonce is valid. */
    void renewNonce(String next) {
        nonce = next;
    }

    /** Accepts a request with a correct digest. */
    Function<Request, CannedResponse> before(CannedResponse behind) {
        return request -> {
            String authorization = request.header("Authorization");
            if (authorization == null) {
                return challenge("stale=false");
            }
            if (!expected(request, authorization).equals(parameter(authorization, "response"))) {
                return challenge("stale=false");
            }
            return nonce.equals(parameter(authorization, "nonce")) ? behind : challenge("stale=true");
        };
    }

    private CannedResponse challenge(String stale) {
        String more = form == Form.FIRMWARE ? "" : ",qop=\"auth\",algorithm=\"MD5-sess\",opaque=\"0paque\"";
        return CannedResponse.of(
                form.statusLine + "\r\nContent-Type: text/html\r\nWWW-Authenticate: Digest realm=\"" + form.realm
                        + "\",nonce=\"" + nonce + "\"," + stale + more,
                "<html>Unauthorized</html>");
    }

    private String expected(Request request, String authorization) {
        String used = parameter(authorization, "nonce");
        String secret = md5("maker:" + form.realm + ":" + password);
        String target = md5(request.method() + ":" + request.target());
        if (form == Form.FIRMWARE) {
            return md5(secret + ":" + used + ":" + target);
        }
        String cnonce = parameter(authorization, "cnonce");
        return md5(md5(secret + ":" + used + ":" + cnonce) + ":" + used + ":" + parameter(authorization, "nc") + ":"
                + cnonce + ":auth:" + target);
    }

    private static @Nullable String parameter(String authorization, String name) {
        Matcher found = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(authorization);
        return found.find() ? found.group(1) : null;
    }

    private static String md5(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%032x", new BigInteger(1, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
