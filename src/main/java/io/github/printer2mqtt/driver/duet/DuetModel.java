package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object model of the firmware, as far as it is read. Source: {@code Object_Model.md} of Duet's wiki.
 *
 * @param live what changes all the time, in the tree of the model
 * @param job the key {@code job}; empty if unknown
 * @param state the key {@code state}; empty if unknown
 * @param heat the key {@code heat}; empty if unknown
 * @param tools the key {@code tools}; empty if unknown
 * @param board the first of the boards; empty if unknown
 * @param errorText the newest error text; null if there is none
 */
record DuetModel(
        LenientJson live,
        LenientJson job,
        LenientJson state,
        LenientJson heat,
        List<LenientJson> tools,
        LenientJson board,
        @Nullable String errorText) {
    /** From this mode on a dialog waits for somebody. */
    private static final int BLOCKING = 2;

    DuetModel {
        tools = List.copyOf(tools);
    }

    /** Only what changes all the time. */
    static DuetModel ofLive(LenientJson live) {
        return new DuetModel(
                live,
                LenientJson.empty(),
                LenientJson.empty(),
                LenientJson.empty(),
                List.of(),
                LenientJson.empty(),
                null);
    }

    /** The whole model as one document. */
    static DuetModel ofWhole(LenientJson model, @Nullable String errorText) {
        List<LenientJson> boards = model.elements("boards");
        return new DuetModel(
                model,
                model.at("job"),
                model.at("state"),
                model.at("heat"),
                model.elements("tools"),
                boards.isEmpty() ? LenientJson.empty() : boards.get(0),
                errorText);
    }

    /** @throws PrinterException if the model has none */
    String status() {
        String status = live.text("state", "status");
        if (status == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no state.status");
        }
        return status;
    }

    /** Seconds since the board started; null if unknown. */
    @Nullable Long upTime() {
        return live.whole("state", "upTime");
    }

    /** The path of the file of the current job; null if there is none or it is unknown. */
    @Nullable String filePath() {
        return job.text("file", "fileName");
    }

    /** How much of the file was read, in percent; null if unknown. */
    @Nullable Double progress() {
        Double size = job.number("file", "size");
        Double position = live.number("job", "filePosition");
        return size == null || size <= 0 || position == null ? null : Double.valueOf(100 * position / size);
    }

    /** Whether a job runs: without one its duration is null. */
    boolean hasJob() {
        return live.number("job", "duration") != null;
    }

    /** Whether the board is in error, so that an error text explains it. */
    static boolean isFaulty(LenientJson live) {
        return "halted".equals(live.text("state", "status"))
                || live.elements("heat", "heaters").stream().anyMatch(heater -> "fault".equals(heater.text("state")));
    }

    /** The dialog on the screens of the printer; empty if there is none. */
    LenientJson messageBox() {
        LenientJson current = live.at("state");
        return current.names().contains("messageBox") ? current.at("messageBox") : state.at("messageBox");
    }

    /** Whether a dialog waits for an answer; others only inform. */
    boolean isDialogOpen() {
        Integer mode = messageBox().integer("mode");
        return mode != null && mode >= BLOCKING;
    }

    /** The selected tool; null if none is selected or it is unknown. */
    @Nullable Integer currentTool() {
        Integer tool = live.integer("state", "currentTool");
        return tool == null || tool < 0 ? null : tool;
    }
}
