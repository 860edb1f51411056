package io.github.printer2mqtt.text;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the word that somebody probably meant. Pure. */
public final class NearestWord {
    private static final int FURTHEST = 3;

    private NearestWord() {}

    /** The known word with the fewest edits, at most three and half the word; null if none is near. */
    public static @Nullable String of(String written, Collection<String> known) {
        String best = null;
        int least = Math.min(FURTHEST, written.length() / 2) + 1;
        for (String word : known) {
            int edits = written.length() > 40 ? least : edits(written, word);
            if (edits < least) {
                least = edits;
                best = word;
            }
        }
        return best;
    }

    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
