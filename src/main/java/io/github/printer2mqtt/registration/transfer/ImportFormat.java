package io.github.printer2mqtt.registration.transfer;

import io.github.printer2mqtt.text.WireConstant;
import java.util.regex.Pattern;

/** The kinds of files that can be imported. */
public enum ImportFormat implements WireConstant {
    /** Registrations as JSON, or the JSON of OctoFarm. */
    JSON,
    CSV,
    /** {@code printers.json} or {@code PrintersDB.json} of OctoFarm. */
    OCTOFARM,
    /** The YAML file of FDM Monster. */
    FDM_MONSTER;

    private static final Pattern FDM_MONSTER_KEY = Pattern.compile("(?m)^(?:printers|exportedAt|config):(?:\\s|$)");

    /** The format of a file by its content: never {@link #OCTOFARM}, which is recognised in the parsed JSON. */
    static ImportFormat ofContent(String text) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return JSON;
        }
        return FDM_MONSTER_KEY.matcher(text).find() ? FDM_MONSTER : CSV;
    }
}
