package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import java.util.List;

/** Feeds replies to memory and mapper as a session does. */
public final class FlashforgeReadings {
    private final FileMemory memory = new FileMemory();

    FlashforgeReadings() {}

    /** The state that the driver reads from the words of the machine, with a file and a share of it. */
    public static PrinterState stateOf(String status, String moveMode, String file, int percent) {
        return new FlashforgeReadings()
                .read(ScriptedFlashforge.machine(status, moveMode, file), "", ScriptedFlashforge.progress(percent), "")
                .state();
    }

    Reading read(String machine, String heaters, String progress, String description) {
        return FlashforgeTcpMapper.reading(
                new FlashforgeTcpMapper.Replies(reply(machine), reply(heaters), reply(progress), reply(description)),
                memory);
    }

    private static Reply reply(String bytes) {
        return Reply.of(List.of(bytes.split("\n", -1)).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }
}
