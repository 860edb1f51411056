package io.github.printer2mqtt.printer;

import java.util.Locale;

/** What a printer can do at all when it is asked; whether its state allows it now is another question. */
public enum Capability {
    PAUSE,
    RESUME,
    CANCEL;

    /** The word used in documents, topics and URLs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
