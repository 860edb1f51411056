package io.github.printer2mqtt.net.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} field: RFC 9110, section 11.6.1.
 *
 * @param scheme in lower case
 * @param parameters by case-insensitive name, quoted values unescaped; the first of a name counts
 */
public record AuthChallenge(String scheme, Map<String, String> parameters) {
    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]+";

    private static final Pattern PARAMETER =
            Pattern.compile("(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\"=]+))");

    private static final Pattern SCHEME = Pattern.compile("(" + TOKEN + ")(?:\\s+(.*))?");

    /** The challenges of all lines in order; anything else is skipped. */
    public static List<AuthChallenge> in(List<String> lines) {
        List<AuthChallenge> challenges = new ArrayList<>();
        AuthChallenge current = null;
        for (String element : FieldLines.elements(lines)) {
            Matcher parameter = PARAMETER.matcher(element);
            if (parameter.matches()) {
                add(current, parameter);
                continue;
            }
            Matcher scheme = SCHEME.matcher(element);
            if (scheme.matches()) {
                current = new AuthChallenge(
                        scheme.group(1).toLowerCase(Locale.ROOT), new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
                challenges.add(current);
                Matcher first = PARAMETER.matcher(
                        scheme.group(2) == null ? "" : scheme.group(2).strip());
                if (first.matches()) {
                    add(current, first);
                }
            }
        }
        return challenges;
    }

    private static void add(@Nullable AuthChallenge challenge, Matcher parameter) {
        if (challenge != null) {
            String quoted = parameter.group(2);
            challenge.parameters.putIfAbsent(
                    parameter.group(1), quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
    }
}
