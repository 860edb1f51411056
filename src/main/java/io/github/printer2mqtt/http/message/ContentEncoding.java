package io.github.printer2mqtt.http.message;

import io.github.printer2mqtt.text.WireConstant;
import java.util.List;
import java.util.Set;

/** Content encodings of a list. */
public enum ContentEncoding implements WireConstant {
    IDENTITY,
    GZIP;

    /**
     * The encoding that a client prefers (RFC 9110, 12.5.3).
     *
     * @param accepted the lines of Accept-Encoding; none for identity
     */
    public static ContentEncoding negotiate(List<String> accepted) {
        List<FieldElement> codings = FieldElement.all(accepted);
        double gzip = quality(codings, Set.of("gzip", "x-gzip"), quality(codings, Set.of("*"), 0));
        double identity = quality(codings, Set.of("identity"), 0);
        return gzip > 0 && gzip >= identity ? GZIP : IDENTITY;
    }

    private static double quality(List<FieldElement> codings, Set<String> names, double fallback) {
        return codings.stream()
                .filter(coding -> names.contains(coding.value()))
                .mapToDouble(FieldElement::quality)
                .max()
                .orElse(fallback);
    }
}
