package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Klipper's objects -> reading; {@code status} is {@code result.status} of the response. Stateless. */
final class MoonrakerMapper {
    /** Source: {@code klippy/extras/print_stats.py}. */
    private static final Map<String, PrinterState> BY_PRINT_STATS = Map.of(
            "standby", PrinterState.IDLE,
            "printing", PrinterState.PRINTING,
            "paused", PrinterState.PAUSED,
            "complete", PrinterState.FINISHED,
            "cancelled", PrinterState.CANCELLED,
            "error", PrinterState.ERROR);

    /** The state of Klipper itself. Source: {@code klippy/klippy.py}, {@code get_state_message}. */
    private static final Map<String, PrinterState> BY_WEBHOOKS = Map.of(
            "startup", PrinterState.BUSY,
            "shutdown", PrinterState.ERROR,
            "error", PrinterState.ERROR);

    private MoonrakerMapper() {}

    /** Whether Klipper is still looking for its microcontroller. */
    static boolean isStartup(LenientJson status) {
        return "startup".equals(klipperState(status));
    }

    /**
     * @param state from {@link #state}, corrected by the session
     * @param temperatures from {@link #temperatures}
     * @param metadata of the file in {@code print_stats}
     * @param missing capabilities that the printer lacks
     */
    static Reading reading(
            LenientJson status,
            PrinterState state,
            Temperatures temperatures,
            FileMetadata metadata,
            Set<Capability> missing) {
        String klipper = klipperState(status);
        String print = status.text("print_stats", "state");
        boolean measured = isMeasured(status);
        return new Reading(
                state,
                isReady(status) && print != null ? print : klipper,
                message(status, state),
                temperatures,
                MoonrakerJob.job(status, state, metadata),
                null,
                measured ? percent(status.number("gcode_move", "speed_factor")) : null,
                measured ? percent(status.number("fan", "speed")) : null,
                null,
                missing,
                null);
    }

    /**
     * The state by this response alone; a {@link PrinterException} if it has none. Klipper's own state takes precedence:
     * {@code print_stats} keeps saying "printing" after a shutdown.
     */
    static PrinterState state(LenientJson status, Temperatures temperatures) {
        if (klipperState(status) == null && status.text("print_stats", "state") == null) {
            throw new PrinterException(
                    FailureReason.UNREADABLE, "the answer has neither webhooks.state nor print_stats.state");
        }
        if (!isReady(status)) {
            return BY_WEBHOOKS.getOrDefault(String.valueOf(klipperState(status)), PrinterState.BUSY);
        }
        String raw = status.text("print_stats", "state");
        PrinterState print = raw == null ? PrinterState.IDLE : BY_PRINT_STATS.getOrDefault(raw, PrinterState.BUSY);
        return switch (print) {
            case PRINTING ->
                status.isTrue("pause_resume", "is_paused")
                        ? PrinterState.PAUSED
                        : isHeatingUp(status, temperatures) ? PrinterState.PREPARING : PrinterState.PRINTING;
            case IDLE ->
                "Printing".equals(status.text("idle_timeout", "state")) ? PrinterState.BUSY : PrinterState.IDLE;
            default -> print;
        };
    }

    /** Unknown while Klipper is not running. */
    static Temperatures temperatures(LenientJson status, KlipperObjects objects) {
        return isMeasured(status) ? MoonrakerHeaters.temperatures(status, objects.chambers()) : Temperatures.unknown();
    }

    /** Before Klipper runs, heaters and factors have their initial values of zero and one. */
    private static boolean isMeasured(LenientJson status) {
        return isReady(status) || "shutdown".equals(klipperState(status));
    }

    private static @Nullable String klipperState(LenientJson status) {
        return status.text("webhooks", "state");
    }

    /** Some forks omit {@code webhooks}; their {@code print_stats} then counts alone. */
    static boolean isReady(LenientJson status) {
        String klipper = klipperState(status);
        return klipper == null || klipper.equals("ready");
    }

    private static boolean isHeatingUp(LenientJson status, Temperatures temperatures) {
        Double active = status.number("print_stats", "print_duration");
        return active != null && active == 0 && MoonrakerHeaters.isHeatingUp(temperatures);
    }

    private static @Nullable String message(LenientJson status, PrinterState state) {
        if (!isReady(status)) {
            return KlipperText.headline(status.text("webhooks", "state_message"));
        }
        return switch (state) {
            case ERROR -> status.text("print_stats", "message");
            case PAUSED -> status.text("display_status", "message");
            default -> null;
        };
    }

    private static @Nullable Integer percent(@Nullable Double factor) {
        return factor == null || Math.abs(factor) > 1000 ? null : Integer.valueOf((int) Math.round(factor * 100));
    }

    /** Klipper's messages -> one line for users. */
    static final class KlipperText {
        /** Instructions for a restart, with which Klipper ends its messages. Source: {@code klippy/klippy.py}. */
        private static final String BOILERPLATE = "Once the underlying issue is corrected";

        private KlipperText() {}

        /** The message without the boilerplate, on one line; null for null. */
        static @Nullable String headline(@Nullable String message) {
            if (message == null) {
                return null;
            }
            int end = message.indexOf(BOILERPLATE);
            String headline = end > 0 ? message.substring(0, end) : message;
            return headline.strip().replaceAll("\\s+", " ");
        }
    }
}
