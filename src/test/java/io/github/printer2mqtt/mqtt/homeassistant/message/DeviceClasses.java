package io.github.printer2mqtt.mqtt.homeassistant.message;

import java.util.Map;
import java.util.Set;

/**
 * Home Assistant's rules for device classes, as far as printers may need them. Source: {@code DEVICE_CLASS_UNITS} and
 * {@code DEVICE_CLASS_STATE_CLASSES} in {@code homeassistant/components/sensor/const.py}, {@code
 * BinarySensorDeviceClass}, {@code ButtonDeviceClass} and {@code EventDeviceClass} of their components (2025).
 */
final class DeviceClasses {
    static final Set<String> STATE_CLASSES = Set.of("measurement", "total", "total_increasing");

    /** Allowed units of a sensor by class; an empty set means that it has no unit. */
    static final Map<String, Set<String>> SENSOR_UNITS = Map.ofEntries(
            Map.entry("battery", Set.of("%")),
            Map.entry("current", Set.of("A", "mA")),
            Map.entry("data_size", Set.of("B", "kB", "MB", "GB")),
            Map.entry("date", Set.of()),
            Map.entry("distance", Set.of("mm", "cm", "m", "km", "in", "ft", "yd", "mi", "nmi")),
            Map.entry("duration", Set.of("d", "h", "min", "s", "ms")),
            Map.entry("energy", Set.of("Wh", "kWh", "MWh", "J", "kJ", "MJ")),
            Map.entry("enum", Set.of()),
            Map.entry("frequency", Set.of("Hz", "kHz", "MHz", "GHz")),
            Map.entry("humidity", Set.of("%")),
            Map.entry("power", Set.of("W", "kW", "MW")),
            Map.entry("signal_strength", Set.of("dB", "dBm")),
            Map.entry("speed", Set.of("mm/s", "m/s", "km/h", "in/s", "ft/s", "mm/h", "mm/d")),
            Map.entry("temperature", Set.of("°C", "°F", "K")),
            Map.entry("timestamp", Set.of()),
            Map.entry("voltage", Set.of("V", "mV")),
            Map.entry("weight", Set.of("g", "kg", "mg", "µg", "oz", "lb", "st")));

    /** Allowed state classes of a sensor by class; all are allowed for a class that is not listed. */
    static final Map<String, Set<String>> SENSOR_STATE_CLASSES = Map.ofEntries(
            Map.entry("battery", Set.of("measurement")),
            Map.entry("current", Set.of("measurement")),
            Map.entry("date", Set.of()),
            Map.entry("energy", Set.of("total", "total_increasing")),
            Map.entry("enum", Set.of()),
            Map.entry("frequency", Set.of("measurement")),
            Map.entry("humidity", Set.of("measurement")),
            Map.entry("power", Set.of("measurement")),
            Map.entry("signal_strength", Set.of("measurement")),
            Map.entry("speed", Set.of("measurement")),
            Map.entry("temperature", Set.of("measurement")),
            Map.entry("timestamp", Set.of()),
            Map.entry("voltage", Set.of("measurement")));

    private static final Set<String> BINARY_SENSOR = Set.of(
            "battery",
            "battery_charging",
            "carbon_monoxide",
            "cold",
            "connectivity",
            "door",
            "garage_door",
            "gas",
            "heat",
            "light",
            "lock",
            "moisture",
            "motion",
            "moving",
            "occupancy",
            "opening",
            "plug",
            "power",
            "presence",
            "problem",
            "running",
            "safety",
            "smoke",
            "sound",
            "tamper",
            "update",
            "vibration",
            "window");

    private DeviceClasses() {}

    static Set<String> of(String platform) {
        return switch (platform) {
            case "sensor" -> SENSOR_UNITS.keySet();
            case "binary_sensor" -> BINARY_SENSOR;
            case "button" -> Set.of("identify", "restart", "update");
            case "number" -> Set.of("temperature", "duration", "speed", "power_factor");
            case "event" -> Set.of("button", "doorbell", "motion");
            default -> Set.of();
        };
    }
}
