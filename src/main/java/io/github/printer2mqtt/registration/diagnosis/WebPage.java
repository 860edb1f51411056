package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.text.TextSanitizer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web page of a server that no driver recognises.
 *
 * @param title null if it has none
 * @param kind which advice fits
 */
record WebPage(@Nullable String title, Kind kind) {
    private static final int MAX_PREFIX = 16 * 1024;
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]{0,200}>([^<]{1,300})</title");
    private static final Pattern KLIPPER_PAGE = Pattern.compile("(?i)mainsail|fluidd");
    private static final Pattern LOGIN =
            Pattern.compile("(?i)type\\s?=\\s?[\"']?password|<title[^>]{0,200}>[^<]{0,200}(log ?in|sign ?in)");

    /** What the page tells about the server. */
    enum Kind {
        /** Mainsail or Fluidd, which are not Moonraker but its web pages. */
        KLIPPER_PAGE,
        /** A form for a password, of a proxy or router. */
        LOGIN,
        OTHER
    }

    /** The page in a response; null if it is none. */
    static @Nullable WebPage of(PrinterResponse response) {
        byte[] body =
                response.body().getBytes(0, Math.min(MAX_PREFIX, response.body().length()));
        String text = new String(body, StandardCharsets.UTF_8);
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (!start.startsWith("<!doctype html") && !start.startsWith("<html")) {
            return null;
        }
        Matcher matcher = TITLE.matcher(text);
        String title = matcher.find() ? TextSanitizer.line(matcher.group(1), 60) : null;
        if (title != null && KLIPPER_PAGE.matcher(title).find()) {
            return new WebPage(title, Kind.KLIPPER_PAGE);
        }
        return new WebPage(title, LOGIN.matcher(text).find() ? Kind.LOGIN : Kind.OTHER);
    }

    /** For a sentence, for example {@code the web page "Mainsail"}. */
    String description() {
        String what = kind == Kind.LOGIN ? "a login page" : "a web page";
        return title == null ? what : what + " (\"" + title + "\")";
    }
}
