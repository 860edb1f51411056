package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;

/**
 * Hardware that a printer's statuses have shown and its protocol does not declare. It only grows, since an offline
 * printer shows nothing; a registration of another machine starts with {@link #unknown()} again.
 *
 * @param nozzles at most 8
 * @param chamber whether a chamber temperature was measured
 * @param chamberTarget whether the chamber had a target temperature
 */
public record ObservedHardware(int nozzles, boolean chamber, boolean chamberTarget) {
    /** Keeps messages small; no known printer has more. */
    private static final int MAX_NOZZLES = 8;

    private static final ObservedHardware UNKNOWN = new ObservedHardware(0, false, false);

    public ObservedHardware {
        nozzles = Math.min(nozzles, MAX_NOZZLES);
    }

    /** Of a printer that has not responded yet. */
    public static ObservedHardware unknown() {
        return UNKNOWN;
    }

    /** Derives it from the entities announced before a restart. */
    public static ObservedHardware of(KnownComponents announced) {
        int nozzles = 0;
        for (int number = 2; number <= MAX_NOZZLES; number++) {
            if (announced.platforms().containsKey(PrinterEntities.nozzle(number) + "_temperature")) {
                nozzles = number;
            }
        }
        return new ObservedHardware(
                nozzles,
                announced.platforms().containsKey("chamber_temperature"),
                announced.platforms().containsKey("chamber_target"));
    }

    /** With at most this many nozzles. */
    ObservedHardware withNozzles(int limit) {
        return new ObservedHardware(Math.min(nozzles, limit), chamber, chamberTarget);
    }

    /** Adds what a status shows; returns this object if that is nothing new. */
    public ObservedHardware plusSeenIn(Status status) {
        Temperatures.Temperature seen = status.temperatures().chamber();
        ObservedHardware more = new ObservedHardware(
                Math.max(nozzles, status.temperatures().nozzles().size()),
                chamber || seen != null,
                chamberTarget || (seen != null && seen.target() != null));
        return more.equals(this) ? this : more;
    }
}
