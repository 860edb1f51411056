package io.github.printer2mqtt.net.line;

import java.time.Duration;
import java.util.List;

/** How a protocol shows that a reply is complete. */
public interface ReplyEnd {
    /** What follows from the lines so far. */
    enum Verdict {
        /** More lines follow. */
        OPEN,
        /** Complete unless another line follows within {@link ReplyEnd#silence()}. */
        COMPLETE_IF_SILENT,
        COMPLETE
    }

    /** @param lines of the reply so far, at least one */
    Verdict after(List<String> lines);

    /** After this time without another line a reply without an end of its own is complete. */
    Duration silence();
}
