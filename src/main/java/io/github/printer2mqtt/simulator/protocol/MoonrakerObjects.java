package io.github.printer2mqtt.simulator.protocol;

import static java.util.Map.entry;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The objects that Klipper can be queried for, with their fields as recorded. An unknown object is empty, an unknown field
 * null. Pure.
 */
final class MoonrakerObjects {
    /** One field of one object. */
    private interface Field extends Function<Snapshot, @Nullable Object> {}

    private static final String GCODES = "/home/pi/printer_data/gcodes/";
    private static final double ROOM_DEGREES = 31.4;

    private static final Map<String, Map<String, Field>> OBJECTS = objects();

    private MoonrakerObjects() {}

    /**
     * Writes the requested objects.
     *
     * @param requested fields by object; null for all of an object's fields
     */
    static void write(JsonWriter json, Snapshot snapshot, Map<String, @Nullable List<String>> requested) {
        requested.forEach((object, fields) -> json.object(object, out -> writeObject(out, snapshot, object, fields)));
    }

    static List<String> names() {
        return OBJECTS.keySet().stream().sorted().toList();
    }

    private static void writeObject(JsonWriter out, Snapshot snapshot, String object, @Nullable List<String> fields) {
        Map<String, Field> known = OBJECTS.getOrDefault(object, Map.of());
        if (fields == null) {
            known.forEach((name, field) -> out.any(name, field.apply(snapshot)));
            return;
        }
        for (String name : fields) {
            Field field = known.get(name);
            out.any(name, field == null ? null : field.apply(snapshot));
        }
    }

    private static Map<String, Map<String, Field>> objects() {
        Map<String, Map<String, Field>> all = new LinkedHashMap<>();
        all.put(
                "webhooks",
                fields(
                        entry("state", s -> s.klippy().wireName()),
                        entry("state_message", s -> s.klippy().message())));
        all.put(
                "print_stats",
                fields(
                        entry("filename", s -> job(s, JobView::file, "")),
                        entry("total_duration", s -> number(s, job -> job.busySeconds() + job.held())),
                        entry("print_duration", s -> number(s, JobView::active)),
                        entry("filament_used", s -> number(s, job -> job.active() * 4)),
                        entry("state", s -> printState(s.view())),
                        entry(
                                "message",
                                s -> s.view().message() == null ? "" : s.view().message()),
                        entry("info", MoonrakerObjects::info)));
        all.put(
                "virtual_sdcard",
                fields(
                        entry("file_path", s -> isOpen(s) ? GCODES + job(s, JobView::file, "") : null),
                        entry("progress", s -> fileProgress(s)),
                        entry("is_active", s -> s.view().isPrinting()),
                        entry("file_position", s -> Math.round(fileProgress(s) * fileSize(s))),
                        entry("file_size", s -> fileSize(s))));
        all.put("display_status", fields(entry("progress", s -> shownProgress(s)), entry("message", s -> shown(s))));
        all.put(
                "extruder",
                fields(
                        entry("temperature", s -> degrees(s.view().nozzle())),
                        entry("target", s -> s.view().nozzleTarget()),
                        entry("power", s -> s.view().nozzleTarget() > 0 ? 0.35 : 0.0)));
        all.put(
                "heater_bed",
                fields(
                        entry("temperature", s -> degrees(s.view().bed())),
                        entry("target", s -> s.view().bedTarget()),
                        entry("power", s -> s.view().bedTarget() > 0 ? 0.2 : 0.0)));
        all.put(
                "toolhead",
                fields(
                        entry("extruder", s -> "extruder"),
                        entry("homed_axes", s -> s.view().homed()),
                        entry("position", s -> List.of(0.0, 0.0, 0.0, 0.0)),
                        entry("estimated_print_time", s -> 0.0)));
        all.put(
                "idle_timeout",
                fields(
                        entry("state", s -> idleState(s.view())),
                        entry("printing_time", s -> 0.0),
                        entry("idle_timeout", s -> 1800.0)));
        all.put("pause_resume", fields(entry("is_paused", s -> s.view().isHeld())));
        all.put("gcode_move", fields(entry("speed_factor", s -> 1.0), entry("extrude_factor", s -> 1.0)));
        all.put("fan", fields(entry("speed", s -> s.view().state() == State.PRINTING ? 0.8 : 0.0)));
        all.put(
                "heaters",
                fields(
                        entry("available_heaters", s -> List.of("heater_bed", "extruder")),
                        entry(
                                "available_sensors",
                                s -> List.of(
                                        "heater_bed",
                                        "temperature_sensor chamber",
                                        "temperature_sensor mcu_temp",
                                        "extruder")),
                        entry("available_monitors", s -> List.of())));
        all.put(
                "exclude_object",
                fields(
                        entry("objects", s -> List.of()),
                        entry("excluded_objects", s -> List.of()),
                        entry("current_object", s -> null)));
        all.put(
                "temperature_sensor chamber",
                fields(
                        entry("temperature", s -> degrees(ROOM_DEGREES)),
                        entry("measured_min_temp", s -> 31.36),
                        entry("measured_max_temp", s -> 31.43)));
        return all;
    }

    @SafeVarargs
    private static Map<String, Field> fields(Map.Entry<String, Field>... fields) {
        Map<String, Field> ordered = new LinkedHashMap<>();
        for (Map.Entry<String, Field> field : fields) {
            ordered.put(field.getKey(), field.getValue());
        }
        return ordered;
    }

    private static <T> T job(Snapshot snapshot, Function<JobView, T> value, T without) {
        JobView job = snapshot.view().job();
        return job == null ? without : value.apply(job);
    }

    private static double number(Snapshot snapshot, ToDoubleFunction<JobView> value) {
        JobView job = snapshot.view().job();
        return job == null ? 0.0 : JsonWriter.rounded(value.applyAsDouble(job), 6);
    }

    private static double degrees(double measured) {
        return JsonWriter.rounded(measured, 2);
    }

    private static String printState(PrinterView view) {
        if (view.isHeld()) {
            return "paused";
        }
        if (view.isPrinting()) {
            return "printing";
        }
        return switch (view.state()) {
            case FINISHED -> "complete";
            case CANCELLED -> "cancelled";
            case FAILED -> "error";
            default -> "standby";
        };
    }

    private static String idleState(PrinterView view) {
        if (view.isPrinting() || view.state() == State.BUSY) {
            return "Printing";
        }
        return view.job() == null ? "Idle" : "Ready";
    }

    private static Map<String, @Nullable Object> info(Snapshot snapshot) {
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        JobView job = snapshot.view().job();
        info.put("total_layer", job == null ? null : job.layers());
        info.put("current_layer", job == null ? null : job.layer());
        return info;
    }

    /** Whether a file is open, which it is until the job ends. */
    private static boolean isOpen(Snapshot snapshot) {
        return snapshot.view().runningJob() != null
                || (snapshot.view().state() == State.FAILED && snapshot.view().job() != null);
    }

    private static long fileSize(Snapshot snapshot) {
        boolean counted = isOpen(snapshot) || snapshot.view().state() == State.FINISHED;
        return counted ? job(snapshot, MoonrakerFile::size, 0L) : 0L;
    }

    /** By bytes, so not 0 at the start of a job. */
    private static double fileProgress(Snapshot snapshot) {
        JobView job = snapshot.view().job();
        if (job == null || fileSize(snapshot) == 0) {
            return 0.0;
        }
        return snapshot.view().state() == State.FINISHED
                ? 1.0
                : MoonrakerFile.position(job) / (double) fileSize(snapshot);
    }

    private static double shownProgress(Snapshot snapshot) {
        JobView job = snapshot.view().job();
        return job == null ? 0.0 : Math.floor(job.progress() * 100) / 100;
    }

    private static @Nullable String shown(Snapshot snapshot) {
        PrinterView view = snapshot.view();
        if (view.state() == State.ATTENTION) {
            return "Filament runout";
        }
        return view.state() == State.FINISHED ? "Print done" : null;
    }

    /**
     * The state that responses of Moonraker are made of.
     *
     * @param klippy the state of the firmware host
     * @param view the printer
     */
    record Snapshot(Klippy klippy, PrinterView view) {}
}
