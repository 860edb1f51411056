package io.github.printer2mqtt.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody may have meant who wrote a key that does not exist. */
final class NearestKey {
    private NearestKey() {}

    /** What is expected instead of an unknown key in a section, whose path is empty for the document. */
    static String keysTo(String section, String unknown) {
        List<String> siblings = siblings(section);
        String misplaced = lastPart(unknown);
        Optional<String> elsewhere = Keys.ALL.stream()
                .map(Key::path)
                .filter(path -> lastPart(path).equals(misplaced))
                .findFirst();
        return nearest(unknown, siblings)
                .or(() -> elsewhere)
                .or(() -> nearest(unknown, Keys.ALL.stream().map(Key::path).toList()))
                .orElseGet(() -> "one of " + String.join(", ", siblings));
    }

    /** What is expected instead of an unknown variable. */
    static String variablesTo(String unknown) {
        List<String> known = Keys.ALL.stream()
                .flatMap(key ->
                        key.isSecret() ? Stream.of(key.variable(), key.fileVariable()) : Stream.of(key.variable()))
                .toList();
        return nearest(unknown, known).orElse("one of those that docs/reference/configuration.md lists");
    }

    private static List<String> siblings(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return Keys.ALL.stream()
                .map(Key::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> prefix + path.substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .collect(Collectors.toList());
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static Optional<String> nearest(String unknown, List<String> known) {
        String lower = unknown.toLowerCase(Locale.ROOT);
        int most = Math.max(1, Math.min(3, lastPart(unknown).length() / 3));
        return known.stream()
                .filter(one -> Math.abs(one.length() - lower.length()) <= most)
                .filter(one -> distance(lower, one.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt(one -> distance(lower, one.toLowerCase(Locale.ROOT))));
    }

    /** How many characters must be put in, taken out, replaced or swapped with the next. */
    private static int distance(String from, String to) {
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
        int changed = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(changed, cost[i - 2][j - 2] + 1) : changed;
    }
}
