package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heater is off its target while printing, for longer than a time in which it does not come nearer; or above its limit,
 * whatever the printer does. Half the deviation, or 5 degrees below the limit, ends it.
 *
 * <p>A heater that comes nearer is heating up: many printers say that they print then (PrusaLink always does).
 */
record TemperatureRule(AlertsConfig.Temperature thresholds) implements Rule {
    /** One reading may be a glitch of the sensor. */
    private static final Duration LIMIT_AFTER = Duration.ofSeconds(10);

    private static final double LIMIT_BAND_CELSIUS = 5;
    private static final double NEARER_CELSIUS = 3;
    private static final String LIMIT = "limit";
    private static final String TARGET = "target";

    @Override
    public AlertCode code() {
        return AlertCode.TEMPERATURE;
    }

    @Override
    public Alert.Severity severity() {
        return Alert.Severity.CRITICAL;
    }

    @Override
    public Evaluation look(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.unseen();
        }
        List<HeaterReading> heaters = HeaterReading.of(now.temperatures(), thresholds);
        HeaterReading hot = hot(heaters, 0);
        if (hot != null) {
            return new Evaluation.Holds(LIMIT + "|" + hot.name(), hot::aboveLimit, LIMIT_AFTER);
        }
        HeaterReading off = off(now, heaters, thresholds.deviation());
        return off == null
                ? Evaluation.gone()
                : new Evaluation.Holds(nearest(off, subject), off::offTarget, thresholds.after());
    }

    @Override
    public Evaluation lookAgain(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.unseen();
        }
        List<HeaterReading> heaters = HeaterReading.of(now.temperatures(), thresholds);
        HeaterReading hot = subject != null && subject.startsWith(TARGET) ? null : hot(heaters, LIMIT_BAND_CELSIUS);
        HeaterReading off =
                subject != null && subject.startsWith(LIMIT) ? null : off(now, heaters, thresholds.deviation() / 2.0);
        if (hot != null) {
            return new Evaluation.Holds(LIMIT + "|" + hot.name(), hot::aboveLimit, Duration.ZERO);
        }
        return off == null
                ? Evaluation.gone()
                : new Evaluation.Holds(nearest(off, subject), off::offTarget, Duration.ZERO);
    }

    private static @Nullable HeaterReading hot(List<HeaterReading> heaters, double band) {
        for (HeaterReading heater : heaters) {
            if (heater.limit() != null && heater.actual() > heater.limit() - band) {
                return heater;
            }
        }
        return null;
    }

    private static @Nullable HeaterReading off(Status now, List<HeaterReading> heaters, double deviation) {
        if (now.state() != PrinterState.PRINTING) {
            return null;
        }
        for (HeaterReading heater : heaters) {
            if (heater.distance() > deviation) {
                return heater;
            }
        }
        return null;
    }

    /** The subject seen last, unless it is another heater or target, or the heater has come nearer since. */
    private static String nearest(HeaterReading heater, @Nullable String subject) {
        String begin = TARGET + "|" + heater.name() + "|" + heater.target() + "|";
        if (subject != null && subject.startsWith(begin)) {
            double before = Double.parseDouble(subject.substring(begin.length()));
            if (heater.distance() > before - NEARER_CELSIUS) {
                return subject;
            }
        }
        return begin + heater.distance();
    }
}
