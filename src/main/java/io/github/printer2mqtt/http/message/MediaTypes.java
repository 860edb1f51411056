package io.github.printer2mqtt.http.message;

import java.util.List;

/** The media types that a client accepts (RFC 9110, 12.5.1). */
public final class MediaTypes {
    private final List<FieldElement> ranges;

    /** @param accept the lines of Accept; without any, all types are equal */
    public MediaTypes(List<String> accept) {
        this.ranges = FieldElement.all(accept);
    }

    /** Whether the client prefers the first type to the second. */
    public boolean prefers(String type, String other) {
        return quality(type) > quality(other);
    }

    /** The most specific matching range decides. */
    private double quality(String type) {
        String group = type.substring(0, type.indexOf('/')) + "/*";
        for (String range : List.of(type, group, "*/*")) {
            for (FieldElement element : ranges) {
                if (element.value().equals(range)) {
                    return element.quality();
                }
            }
        }
        return 0;
    }
}
