package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status differs enough from the one announced last to be announced: any key but {@code poll.*},
 * {@code job.elapsed} and {@code job.finish_at}, with dead bands against noise (docs/reference/status.md, "When a change
 * is published").
 */
final class ChangeFilter {
    private static final double TEMPERATURE_CELSIUS = 0.2;
    private static final double PROGRESS_PERCENT = 1;
    private static final double REMAINING_SECONDS = 30;

    /** Tolerates the rounding error of a difference of two tenths. */
    private static final double EPSILON = 1e-6;

    private ChangeFilter() {}

    static boolean isSignificant(Status announced, Status now) {
        return !differsInNumbersOnly(announced, now)
                || !Objects.equals(announced.speed(), now.speed())
                || !Objects.equals(announced.fan(), now.fan())
                || !announced.details().equals(now.details())
                || differs(announced.temperatures(), now.temperatures())
                || numbersDiffer(announced.job(), now.job());
    }

    /** Whether nothing differs that somebody may wait for; false for a printer that stopped or started a job. */
    static boolean differsInNumbersOnly(Status announced, Status now) {
        return !identityDiffers(announced, now)
                && announced.state() == now.state()
                && announced.online() == now.online()
                && Objects.equals(announced.rawState(), now.rawState())
                && Objects.equals(announced.message(), now.message())
                && Objects.equals(announced.lastJob(), now.lastJob())
                && Objects.equals(announced.plate(), now.plate())
                && announced.details().problems().equals(now.details().problems())
                && announced.details().hasSameFilaments(now.details())
                && Objects.equals(announced.details().light(), now.details().light())
                && Objects.equals(
                        announced.temperatures().activeNozzle(),
                        now.temperatures().activeNozzle())
                && !pollingDiffers(announced, now)
                && !jobDiffers(announced.job(), now.job());
    }

    private static boolean identityDiffers(Status announced, Status now) {
        return !announced.name().equals(now.name())
                || !announced.driver().equals(now.driver())
                || !Objects.equals(announced.model(), now.model())
                || !Objects.equals(announced.group(), now.group())
                || !announced.tags().equals(now.tags())
                || !Objects.equals(announced.maintenance(), now.maintenance())
                || !announced.capabilities().equals(now.capabilities());
    }

    private static boolean pollingDiffers(Status announced, Status now) {
        return announced.poll().reason() != now.poll().reason()
                || (announced.poll().failures() == 0) != (now.poll().failures() == 0);
    }

    private static boolean differs(Temperatures announced, Temperatures now) {
        return differs(announced.bed(), now.bed())
                || differs(announced.chamber(), now.chamber())
                || differs(announced.nozzles(), now.nozzles());
    }

    private static boolean differs(List<Temperatures.Temperature> announced, List<Temperatures.Temperature> now) {
        if (announced.size() != now.size()) {
            return true;
        }
        for (int i = 0; i < now.size(); i++) {
            if (differs(announced.get(i), now.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean differs(
            Temperatures.@Nullable Temperature announced, Temperatures.@Nullable Temperature now) {
        if (announced == null || now == null) {
            return (announced == null) != (now == null);
        }
        return !Objects.equals(announced.target(), now.target())
                || exceeds(announced.actual(), now.actual(), TEMPERATURE_CELSIUS);
    }

    private static boolean jobDiffers(Status.@Nullable CurrentJob announced, Status.@Nullable CurrentJob now) {
        if (announced == null || now == null) {
            return (announced == null) != (now == null);
        }
        return announced.stale() != now.stale()
                || !Objects.equals(announced.job().id(), now.job().id())
                || !Objects.equals(announced.job().file(), now.job().file());
    }

    private static boolean numbersDiffer(Status.@Nullable CurrentJob announced, Status.@Nullable CurrentJob now) {
        if (announced == null || now == null) {
            return false;
        }
        Job before = announced.job();
        Job after = now.job();
        return !Objects.equals(before.layer(), after.layer())
                || !Objects.equals(before.layers(), after.layers())
                || exceeds(before.progress(), after.progress(), PROGRESS_PERCENT)
                || exceeds(before.remaining(), after.remaining(), REMAINING_SECONDS);
    }

    private static boolean exceeds(@Nullable Number before, @Nullable Number after, double threshold) {
        if (before == null || after == null) {
            return (before == null) != (after == null);
        }
        return Math.abs(before.doubleValue() - after.doubleValue()) >= threshold - EPSILON;
    }
}
