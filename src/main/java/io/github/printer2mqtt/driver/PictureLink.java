package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.driver.FoundPicture.AtUrl;
import io.github.printer2mqtt.driver.FoundPicture.Bytes;
import io.github.printer2mqtt.driver.FoundPicture.None;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A link to a picture as a printer's own server names it. One that leads to that server is requested with the credentials of the session;
 * any other becomes an {@link AtUrl}, which is fetched without them. Pure.
 */
public final class PictureLink {
    private static final int MAX_LENGTH = 2048;

    private PictureLink() {}

    /**
     * Follows a link.
     *
     * @param link absolute, or relative to the address; null for none
     * @param request sends a GET for a path of the printer's own server
     * @param credentialsAdvice shown to the user if the printer rejects the credentials
     */
    public static Future<FoundPicture> follow(
            @Nullable String link,
            PrinterAddress address,
            Function<String, Future<PrinterResponse>> request,
            String credentialsAdvice) {
        if (link == null) {
            return Future.succeededFuture(new None());
        }
        if (isAbsolute(link)) {
            String own = ownPath(link, address);
            return own == null
                    ? Future.succeededFuture(new AtUrl(link))
                    : request.apply(own).map(response -> found(response, credentialsAdvice));
        }
        String path = link.startsWith("/") ? link : "/" + link;
        return isSafe(path)
                ? request.apply(path).map(response -> found(response, credentialsAdvice))
                : Future.succeededFuture(new None());
    }

    /** The picture in a response of the printer's own server; none for 204 and 404. */
    public static FoundPicture found(PrinterResponse response, String credentialsAdvice) {
        if (response.status() == 204 || response.status() == 404) {
            return new None();
        }
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, credentialsAdvice);
        }
        return new Bytes(response.body());
    }

    /** A path of names as it stands in a request; null if one of them leads elsewhere. */
    public static @Nullable String encoded(String path) {
        List<String> names = Arrays.asList(path.split("/", -1));
        boolean leadsElsewhere =
                names.stream().anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        return leadsElsewhere || path.length() > MAX_LENGTH
                ? null
                : names.stream().map(PictureLink::encodedName).collect(Collectors.joining("/"));
    }

    private static String encodedName(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isAbsolute(String link) {
        String lower = link.toLowerCase(Locale.ROOT);
        return lower.startsWith("http:") || lower.startsWith("https:") || lower.startsWith("//");
    }

    /** The path below the printer's address; null if the link leads to another server. */
    private static @Nullable String ownPath(String link, PrinterAddress address) {
        String start = address.scheme().wireName() + "://";
        for (String authority : List.of(address.authority(), withoutPort(address))) {
            String prefix = start + authority + address.path() + "/";
            if (link.regionMatches(true, 0, prefix, 0, prefix.length())) {
                String path = link.substring(prefix.length() - 1);
                return isSafe(path) ? path : null;
            }
        }
        return null;
    }

    /** As in a URL with the default port; else with the port. */
    private static String withoutPort(PrinterAddress address) {
        String authority = address.authority();
        return address.port() == address.scheme().port()
                ? authority.substring(0, authority.lastIndexOf(':'))
                : authority;
    }

    /** Whether a path is one that may stand in a request and stays below the printer's address. */
    private static boolean isSafe(String path) {
        if (path.length() > MAX_LENGTH || path.startsWith("//")) {
            return false;
        }
        try {
            URI uri = new URI(path);
            String decoded = uri.getPath();
            return path.chars().allMatch(character -> character > ' ' && character < 127)
                    && uri.getRawFragment() == null
                    && decoded != null
                    && decoded.startsWith("/")
                    && decoded.indexOf('\\') < 0
                    && Arrays.stream(decoded.split("/", -1)).noneMatch(".."::equals);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
