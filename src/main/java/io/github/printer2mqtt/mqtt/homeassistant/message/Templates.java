package io.github.printer2mqtt.mqtt.homeassistant.message;

/**
 * Jinja templates that take one value out of a document of ours. A parent that may be null is asked first, since Home
 * Assistant logs a warning for each message otherwise; {@code none} becomes the state "unknown". Only keys of
 * our documents stand in a template, never a text of a user or a printer.
 */
final class Templates {
    private Templates() {}

    /** @param path of a value none of whose parents is ever null, for example {@code poll.latency_ms} */
    static String root(String path) {
        return "{{ value_json." + path + " }}";
    }

    static String job(String key) {
        return "{{ value_json.job." + key + " if value_json.job else none }}";
    }

    /** A name can be one character longer than a state of Home Assistant may be. */
    static String file() {
        return "{% set j = value_json.job %}{{ j and j.file and j.file[:255] }}";
    }

    /**
     * @param heater {@code nozzle}, {@code bed} or {@code chamber}
     * @param key {@code actual} or {@code target}
     */
    static String heater(String heater, String key) {
        return ofHeater(heater, "h and h." + key);
    }

    /**
     * The target of a heater for a number, whose range must hold every state: Home Assistant refuses others, and logs
     * each. A printer that is hotter than the bridge lets anybody ask for has no state there.
     *
     * @param heater {@code nozzle} or {@code bed}
     */
    static String targetUpTo(int highest, String heater) {
        return ofHeater(heater, "h.target if h and 0 <= (h.target or 0) <= " + highest + " else none");
    }

    /** The variable keeps messages short: its path has up to 31 characters, and there are many heaters. */
    private static String ofHeater(String heater, String value) {
        return "{% set h = value_json.temperatures." + heater + " %}{{ " + value + " }}";
    }

    /** @param index of the nozzle, from 0 */
    static String nozzle(int index, String key) {
        String parent = "value_json.temperatures.nozzles";
        return "{{ " + parent + "[" + index + "]." + key + " if " + parent + " | length > " + index + " else none }}";
    }

    /** @param condition on values none of whose parents is ever null */
    static String onIf(String condition) {
        return "{{ 'ON' if " + condition + " else 'OFF' }}";
    }
}
