package io.github.printer2mqtt.http.message;

import io.github.printer2mqtt.net.http.FieldLines;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A header value with parameters (RFC 9110, sections 5.6.6 and 12.4.2).
 *
 * @param value without parameters, in lower case
 * @param parameters unquoted values by names in lower case
 */
public record FieldElement(String value, Map<String, String> parameters) {
    /** The elements of a list field in all its lines. */
    static List<FieldElement> all(List<String> lines) {
        return FieldLines.elements(lines).stream().map(FieldElement::parse).toList();
    }

    /** One element, such as {@code text/html;q=0.8}. What is no parameter is skipped. */
    public static FieldElement parse(String element) {
        List<String> parts = FieldLines.split(element, ';');
        Map<String, String> parameters = new HashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int sign = part.indexOf('=');
            if (sign > 0) {
                parameters.putIfAbsent(
                        part.substring(0, sign).strip().toLowerCase(Locale.ROOT),
                        unquoted(part.substring(sign + 1).strip()));
            }
        }
        return new FieldElement(parts.get(0).strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** The quality from 0 to 1; 1 if absent, 0 if invalid. */
    double quality() {
        String weight = parameters.getOrDefault("q", "1");
        return weight.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(weight) : 0;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
