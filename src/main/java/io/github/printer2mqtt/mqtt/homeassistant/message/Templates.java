package io.github.printer2mqtt.mqtt.homeassistant.message;

/**
 * Jinja templates that extract one value from our documents. A parent that may be null is tested first, since Home
 * Assistant would log a warning for each message; {@code none} becomes the state "unknown". Templates contain only keys
 * of our documents, never text of users or printers.
 */
final class Templates {
    private Templates() {}

    /** @param path of a value whose parents are never null, for example {@code poll.latency_ms} */
    static String root(String path) {
        return "{{ value_json." + path + " }}";
    }

    static String job(String key) {
        return "{{ value_json.job." + key + " if value_json.job else none }}";
    }

    /** @param key of an object with a state, or null */
    static String stateOf(String key) {
        return "{{ value_json." + key + ".state if value_json." + key + " else none }}";
    }

    /** File names may exceed the 255 characters of a Home Assistant state. */
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
     * The target of a heater for a number entity: Home Assistant rejects and logs every state outside its range, so a
     * higher target has no state.
     *
     * @param heater {@code nozzle} or {@code bed}
     */
    static String targetUpTo(int highest, String heater) {
        // The remainder turns a negative target into a large one, which one short comparison rejects as well.
        return ofHeater(heater, "h.target if h and not (h.target or 0) % 1e4 > " + highest + " else none");
    }

    /** The variable keeps messages short: the path has up to 31 characters and is used for many heaters. */
    private static String ofHeater(String heater, String value) {
        return "{% set h = value_json.temperatures." + heater + " %}{{ " + value + " }}";
    }

    /** @param index of the nozzle, from 0 */
    static String nozzle(int index, String key) {
        String parent = "value_json.temperatures.nozzles";
        return "{{ " + parent + "[" + index + "]." + key + " if " + parent + " | length > " + index + " else none }}";
    }

    /** The number of elements of a list, which is never null. */
    static String count(String list) {
        return "{{ value_json." + list + " | length }}";
    }

    /** An object with one key of the document, as attributes of an entity. */
    static String attribute(String key) {
        return "{{ dict(" + key + "=value_json." + key + ") | tojson }}";
    }

    /** The material that is printed with. */
    static String activeFilament() {
        return "{{ value_json.filaments | selectattr('active') | map(attribute='type') | first | default(none) }}";
    }

    /** An index from 0 as people count, from 1. */
    static String placeOf(String index) {
        String path = "value_json." + index;
        return "{{ none if " + path + " is none else " + path + " + 1 }}";
    }

    /** ON, OFF, or unknown for null. */
    static String onIfKnown(String key) {
        String path = "value_json." + key;
        return "{{ none if " + path + " is none else 'ON' if " + path + " else 'OFF' }}";
    }

    /** @param condition on values whose parents are never null */
    static String onIf(String condition) {
        return "{{ 'ON' if " + condition + " else 'OFF' }}";
    }
}
