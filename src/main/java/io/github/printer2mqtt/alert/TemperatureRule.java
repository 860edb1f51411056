package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heater is off its target while printing and does not approach it for a time, or it is above its limit in any state. The
 * alert clears at half the deviation, or 5 °C below the limit.
 *
 * <p>A heater that approaches its target is heating up, which many printers report as printing (PrusaLink always).
 */
record TemperatureRule(AlertsConfig.Temperature thresholds) implements Rule {
    /** A single reading may be a sensor glitch. */
    private static final Duration LIMIT_AFTER = Duration.ofSeconds(10);

    private static final double LIMIT_HYSTERESIS_CELSIUS = 5;
    private static final double APPROACH_CELSIUS = 3;
    private static final String LIMIT = "limit";
    private static final String TARGET = "target";

    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.UNKNOWN;
        }
        List<HeaterReading> heaters = HeaterReading.of(now.temperatures(), thresholds);
        return evaluation(aboveLimit(heaters, 0), offTarget(now, heaters, thresholds.deviation()), subject);
    }

    @Override
    public Evaluation reevaluate(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.UNKNOWN;
        }
        List<HeaterReading> heaters = HeaterReading.of(now.temperatures(), thresholds);
        boolean isTarget = subject != null && subject.startsWith(TARGET);
        boolean isLimit = subject != null && subject.startsWith(LIMIT);
        return evaluation(
                isTarget ? null : aboveLimit(heaters, LIMIT_HYSTERESIS_CELSIUS),
                isLimit ? null : offTarget(now, heaters, thresholds.deviation() / 2.0),
                subject);
    }

    private Evaluation evaluation(
            @Nullable HeaterReading aboveLimit, @Nullable HeaterReading offTarget, @Nullable String subject) {
        if (aboveLimit != null) {
            return new Evaluation.Active(LIMIT + "|" + aboveLimit.name(), aboveLimit::aboveLimitMessage, LIMIT_AFTER);
        }
        return offTarget == null
                ? Evaluation.CLEARED
                : new Evaluation.Active(
                        targetSubject(offTarget, subject), offTarget::offTargetMessage, thresholds.after());
    }

    private static @Nullable HeaterReading aboveLimit(List<HeaterReading> heaters, double hysteresis) {
        for (HeaterReading heater : heaters) {
            if (heater.limit() != null && heater.actual() > heater.limit() - hysteresis) {
                return heater;
            }
        }
        return null;
    }

    private static @Nullable HeaterReading offTarget(Status now, List<HeaterReading> heaters, double deviation) {
        if (now.state() != PrinterState.PRINTING) {
            return null;
        }
        for (HeaterReading heater : heaters) {
            if (heater.deviation() > deviation) {
                return heater;
            }
        }
        return null;
    }

    /** The last subject, unless heater or target changed or the heater has approached its target since. */
    private static String targetSubject(HeaterReading heater, @Nullable String subject) {
        String prefix = TARGET + "|" + heater.name() + "|" + heater.target() + "|";
        if (subject != null && subject.startsWith(prefix)) {
            double before = Double.parseDouble(subject.substring(prefix.length()));
            if (heater.deviation() > before - APPROACH_CELSIUS) {
                return subject;
            }
        }
        return prefix + heater.deviation();
    }
}
