package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.model.Reading;
import org.jspecify.annotations.Nullable;

/**
 * OctoPrint's status -> reading, with what must be remembered from one status to the next, whichever way they come. Belongs
 * to the session's event loop.
 */
final class StatusReader {
    private static final OctoPrintStatus NONE = OctoPrintStatus.none();

    private OctoPrintStatus newest = NONE;
    private HeaterProfile profile = HeaterProfile.complete();

    /** The file that was last seen printing, by which a cancelled print is recognised; null if there is none. */
    private @Nullable String watchedFile;

    /** The same before the newest status. */
    private @Nullable String watchedBefore;

    /** Must be called with every status that was received, also with those that are never read. */
    void add(OctoPrintStatus status) {
        watchedBefore = watchedFile;
        watchedFile = OctoPrintMapper.watchedFile(status.job(), status.printer(), watchedFile);
        newest = status;
    }

    /** Reads an answer by HTTP, which is not kept: it is 6 KB, and the next one is whole. Fails as {@link #newest} does. */
    Reading read(OctoPrintStatus answer) {
        onAnswer(answer);
        add(answer);
        try {
            return newest();
        } finally {
            newest = NONE;
        }
    }

    /** Takes over the heaters of the printer's profile from an answer by HTTP, if it has them. */
    void onAnswer(OctoPrintStatus status) {
        if (HeaterProfile.isIn(status.temperature())) {
            profile = HeaterProfile.of(status.temperature());
        }
    }

    HeaterProfile profile() {
        return profile;
    }

    /** Whether OctoPrint has no printer, so that there is no reading. */
    boolean isOffline() {
        return OctoPrintMapper.isOffline(newest.job(), newest.printer());
    }

    /** Whether OctoPrint has a printer that can be used. */
    boolean hasPrinter() {
        return OctoPrintMapper.hasPrinter(newest.job());
    }

    /** The same for each call until the next {@link #add}. Fails as {@link OctoPrintMapper#reading} does. */
    Reading newest() {
        return OctoPrintMapper.reading(newest.job(), newest.printer(), watchedBefore, profile.missing());
    }

    /** What happened to a print since the newest status is unseen. */
    void onGap() {
        watchedFile = null;
        watchedBefore = null;
    }
}
