package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.SimulatedPicture;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A printed file in Moonraker: a header with slicer settings, the moves, a trailer. Pure. */
final class MoonrakerFile {
    private static final long HEADER = 1568;
    private static final long TRAILER = 266;
    private static final double MODIFIED = 1795247774.4399097;

    private MoonrakerFile() {}

    /** Where the thumbnail of a file is, relative to the file. */
    private static String thumbnail(JobView job) {
        int dot = job.file().lastIndexOf('.');
        String size = SimulatedPicture.SIDE + "x" + SimulatedPicture.SIDE;
        return ".thumbs/" + (dot < 0 ? job.file() : job.file().substring(0, dot)) + "-" + size + ".png";
    }

    /** The file that has its thumbnail at a path; null if it is not this one. */
    static @Nullable String fileOfThumbnail(String path, @Nullable JobView job) {
        return job != null && path.equals("/server/files/gcodes/" + thumbnail(job)) ? job.file() : null;
    }

    static long size(JobView job) {
        return HEADER + job.size() + TRAILER;
    }

    static long position(JobView job) {
        return HEADER + Math.round(job.progress() * job.size());
    }

    static void metadata(JsonWriter json, JobView job) {
        json.integer("size", size(job))
                .decimal("modified", MODIFIED, 7)
                .text("uuid", "8b959a21-c419-457b-86b1-0b266201d7d2")
                .any("file_processors", List.of())
                .text("slicer", "PrusaSlicer")
                .text("slicer_version", "2.7.4")
                .integer("gcode_start_byte", HEADER)
                .integer("gcode_end_byte", HEADER + job.size())
                .decimal("object_height", job.layers() * 0.2, 2)
                .integer("estimated_time", Math.round(job.duration()))
                .decimal("nozzle_diameter", 0.4, 2)
                .decimal("layer_height", 0.2, 2)
                .decimal("first_layer_height", 0.2, 2)
                .decimal("first_layer_extr_temp", 215, 1)
                .decimal("first_layer_bed_temp", 60, 1)
                .text("filament_type", "PLA")
                .any("filament_colors", List.of())
                .any("extruder_colors", List.of())
                .any("filament_temps", List.of())
                .any("referenced_tools", List.of())
                .decimal("filament_total", job.duration() * 4, 1)
                .any("filament_weights", List.of(0.94))
                .any(
                        "thumbnails",
                        List.of(Map.of(
                                "width",
                                SimulatedPicture.SIDE,
                                "height",
                                SimulatedPicture.SIDE,
                                "size",
                                SimulatedPicture.thumbnail(job.file()).length(),
                                "relative_path",
                                thumbnail(job))))
                .nothing("print_start_time")
                .nothing("job_id")
                .text("filename", job.file());
    }
}
