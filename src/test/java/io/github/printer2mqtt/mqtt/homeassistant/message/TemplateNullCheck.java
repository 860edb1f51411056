package io.github.printer2mqtt.mqtt.homeassistant.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that a template tests each nullable parent before it accesses a value below it. */
final class TemplateNullCheck {
    /** A path of attributes and indexes below the document. */
    static final Pattern PATH = Pattern.compile("value_json((?:\\.[a-z_][a-z0-9_]*|\\[\\d+])+)");

    /** A variable set to a path, and the template that uses it. */
    private static final Pattern NAMED = Pattern.compile("\\{% set ([a-z]) = (value_json\\S+) %}(.*)");

    private static final Pattern PARENT_FIRST = Pattern.compile("\\{\\{ (\\S+) and \\1\\.\\S+(?: and \\1\\.\\S+)* }}");
    private static final Pattern INDEX = Pattern.compile("(.*)\\[(\\d+)]");

    /** Nullable objects of the status. */
    private static final Set<String> NULLABLE =
            Set.of(".job", ".last_job", ".temperatures.nozzle", ".temperatures.bed", ".temperatures.chamber");

    private TemplateNullCheck() {}

    /** The template with its variable replaced by the path. */
    static String expanded(String template) {
        Matcher named = NAMED.matcher(template);
        return named.matches() ? named.group(3).replaceAll("\\b" + named.group(1) + "\\b", named.group(2)) : template;
    }

    /** Parents that are not tested; empty if all are. */
    static List<String> missing(String announced) {
        String template = expanded(announced);
        List<String> missing = new ArrayList<>();
        if (!template.startsWith("{{ ") || !template.endsWith(" }}")) {
            missing.add("the braces");
        }
        Matcher paths = PATH.matcher(template);
        while (paths.find()) {
            String path = paths.group(1);
            for (String parent : NULLABLE) {
                boolean below = path.startsWith(parent + ".") || path.startsWith(parent + "[");
                if (below && !isTested(template, "value_json" + parent)) {
                    missing.add(parent);
                }
            }
            missingIndexes(template, path, missing);
        }
        return missing;
    }

    private static void missingIndexes(String template, String path, List<String> missing) {
        Matcher index = INDEX.matcher(path.replaceAll("\\.[a-z_]+$", ""));
        if (index.matches()
                && !template.contains(" if value_json" + index.group(1) + " | length > " + index.group(2) + " else ")) {
            missing.add(index.group());
        }
    }

    private static boolean isTested(String template, String parent) {
        Matcher parentFirst = PARENT_FIRST.matcher(template);
        if (parentFirst.matches()) {
            return parentFirst.group(1).equals(parent);
        }
        return template.endsWith(" else none }}")
                && (template.contains(" if " + parent + " else ") || template.contains(" if " + parent + " and "));
    }
}
