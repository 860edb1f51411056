package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;

/**
 * What one printer has shown to have, which its protocol does not tell. It only grows, since an offline printer shows
 * nothing; a registration that leads to another machine begins with {@link #unknown()} again.
 *
 * @param nozzles shown at once, at most 8
 * @param chamber whether a chamber was measured
 * @param chamberTarget whether the chamber was given a target
 */
public record Equipment(int nozzles, boolean chamber, boolean chamberTarget) {
    /** More would make the message large, and nobody builds a printer with more. */
    private static final int MOST_NOZZLES = 8;

    private static final Equipment UNKNOWN = new Equipment(0, false, false);

    public Equipment {
        nozzles = Math.min(nozzles, MOST_NOZZLES);
    }

    /** Of a printer that has not answered yet. */
    public static Equipment unknown() {
        return UNKNOWN;
    }

    /** What can be read from the entities that were announced before a restart. */
    public static Equipment of(KnownComponents announced) {
        int nozzles = 0;
        for (int number = 2; number <= MOST_NOZZLES; number++) {
            if (announced.platforms().containsKey(PrinterEntities.nozzle(number) + "_temperature")) {
                nozzles = number;
            }
        }
        return new Equipment(
                nozzles,
                announced.platforms().containsKey("chamber_temperature"),
                announced.platforms().containsKey("chamber_target"));
    }

    /** With so many nozzles at most. */
    Equipment withNozzles(int most) {
        return new Equipment(Math.min(nozzles, most), chamber, chamberTarget);
    }

    /** With what a status shows beside; this very object if that is nothing new. */
    public Equipment seenIn(Status status) {
        Temperatures.Temperature seen = status.temperatures().chamber();
        Equipment more = new Equipment(
                Math.max(nozzles, status.temperatures().nozzles().size()),
                chamber || seen != null,
                chamberTarget || (seen != null && seen.target() != null));
        return more.equals(this) ? this : more;
    }
}
