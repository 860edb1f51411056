package io.github.printer2mqtt.registration;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Normalises names, so that names that look equal are equal and none is invisible. */
final class NameNormalizer {
    private NameNormalizer() {}

    /** The name in Unicode form NFC, stripped. */
    static String normalized(String text) {
        return Normalizer.normalize(text, Form.NFC).strip();
    }

    /** Whether any character is visible by itself. */
    static boolean isVisible(String text) {
        return text.codePoints().anyMatch(point -> !isInvisible(point));
    }

    private static boolean isInvisible(int point) {
        return isBlankSymbol(point)
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

    /** Hangul fillers and the blank Braille pattern, which Unicode classifies as letters and symbols. */
    private static boolean isBlankSymbol(int point) {
        return point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800;
    }
}
