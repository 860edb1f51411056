package io.github.printer2mqtt.text;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word that a misspelled one probably stands for. */
public final class NearestWord {
    private static final int MAX_EDITS = 3;

    private NearestWord() {}

    /** The known word with the fewest edits, at most three and half of the word; null if none is that near. */
    public static @Nullable String of(String word, Collection<String> known) {
        return of(word, known, Math.min(MAX_EDITS, word.length() / 2));
    }

    /** The known word with the fewest edits, the first of several; null if all need more than {@code maxEdits}. */
    public static @Nullable String of(String word, Collection<String> known, int maxEdits) {
        String lower = word.toLowerCase(Locale.ROOT);
        String best = null;
        int fewest = maxEdits + 1;
        for (String candidate : known) {
            // An edit changes the length by one at most, so that a very long word costs nothing.
            if (Math.abs(candidate.length() - lower.length()) < fewest) {
                int edits = edits(lower, candidate.toLowerCase(Locale.ROOT));
                if (edits < fewest) {
                    fewest = edits;
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** Number of characters to insert, delete, replace or swap with the next one. */
    private static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, i, to, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, int i, String to, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
    }
}
