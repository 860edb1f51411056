package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.model.address.PrinterAddress.Scheme;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.QuotedText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a picture is. Pure.
 *
 * @param server without a path
 * @param path with leading slash and query, as it stands in a request
 */
record PictureUrl(PrinterAddress server, String path) {
    private static final int MAX_LENGTH = 2048;

    static PictureUrl of(Scheme scheme, String host, int port, String path) {
        return new PictureUrl(new PrinterAddress(scheme, host, port, ""), path);
    }

    /**
     * Reads a URL that a printer names. A loopback host in the settings of a printer means the printer.
     *
     * @throws PictureException if it is no plain HTTP or HTTPS URL; the message does not repeat it, because it may contain a password
     */
    static PictureUrl parse(String url, String printerHost) {
        URI uri = uri(url);
        Scheme scheme = "https".equalsIgnoreCase(uri.getScheme()) ? Scheme.HTTPS : Scheme.HTTP;
        boolean isWeb = scheme == Scheme.HTTPS || "http".equalsIgnoreCase(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getPort() == 0) {
            throw refused("expected an http or https URL with a host and without a user");
        }
        int port = uri.getPort() < 0 ? scheme.port() : uri.getPort();
        if (port > 65_535) {
            throw refused("expected a port of at most 65535");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return of(scheme, host(uri.getHost(), printerHost), port, path + query(uri));
    }

    private static URI uri(String url) {
        boolean isPlain = url.length() <= MAX_LENGTH && url.chars().allMatch(each -> each > ' ' && each < 127);
        if (!isPlain) {
            throw refused("expected a URL of at most " + MAX_LENGTH + " ASCII characters");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw refused("found no valid URL");
        }
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    /** Normalised as in a printer's address, so that different spellings are equal. */
    private static String host(String found, String printerHost) {
        String host = normalized(found);
        InetAddress literal = IpLiteral.parse(host);
        if (literal != null) {
            return literal.isLoopbackAddress() ? printerHost : literal.getHostAddress();
        }
        return host.equals("localhost") ? printerHost : host;
    }

    static String normalized(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String lower = bare.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static PictureException refused(String why) {
        return new PictureException(Code.PICTURE_REFUSED, "the picture's URL in the settings of the printer: " + why);
    }

    /** The refusal of a host that is neither the printer's own nor named by the configuration. */
    PictureException otherHost() {
        return new PictureException(
                Code.PICTURE_REFUSED,
                "the picture is on the host " + QuotedText.of(server.host())
                        + ", which is not the printer's; an administrator can add it to security.picture_hosts");
    }
}
