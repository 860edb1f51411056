package io.github.printer2mqtt.registration;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Names as people see them: two that look the same are stored the same, and none is invisible. Pure. */
final class NameNormalizer {
    private NameNormalizer() {}

    /** In Unicode's form NFC, without spaces around it. */
    static String normalized(String text) {
        return Normalizer.normalize(text, Form.NFC).strip();
    }

    /** Whether any character leaves something to see by itself. */
    static boolean isVisible(String text) {
        return text.codePoints().anyMatch(point -> !isInvisible(point));
    }

    private static boolean isInvisible(int point) {
        return isBlankLetterOrSign(point)
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }

    /** The Hangul fillers and the empty Braille pattern, which Unicode counts as letters and signs. */
    private static boolean isBlankLetterOrSign(int point) {
        return point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800;
    }
}
