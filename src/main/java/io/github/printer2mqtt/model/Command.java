package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.WireConstant;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command of a user: to a printer, or about a printer to the bridge itself. It is executed once and never repeated. */
public sealed interface Command permits Command.PrinterCommand, Command.ClearPlate {
    PrinterCommand PAUSE = new WithoutArguments(Capability.PAUSE);
    PrinterCommand RESUME = new WithoutArguments(Capability.RESUME);
    PrinterCommand CANCEL = new WithoutArguments(Capability.CANCEL);
    /** Stops motors and heaters at once; afterwards the printer needs a restart. */
    PrinterCommand EMERGENCY_STOP = new WithoutArguments(Capability.EMERGENCY_STOP);

    Command CLEAR_PLATE = new ClearPlate();

    Verb verb();

    /** A command that is sent to the printer. */
    sealed interface PrinterCommand extends Command permits WithoutArguments, SetTemperature, Home, SetLight, SetSpeed {
        /** The capability that the printer needs for this command. */
        Capability capability();

        @Override
        default Verb verb() {
            return Verb.of(capability());
        }
    }

    /** Notes that a person took the print off the plate. The printer is not contacted and may be off. */
    record ClearPlate() implements Command {
        @Override
        public Verb verb() {
            return Verb.CLEAR_PLATE;
        }
    }

    /** A command that its capability describes completely. */
    record WithoutArguments(Capability capability) implements PrinterCommand {}

    /**
     * Sets the target of a heater without waiting until it is reached.
     *
     * @param target in degrees Celsius, rounded to 0.1; 0 switches the heater off; at most {@link Heater#highest()}
     */
    record SetTemperature(Heater heater, double target) implements PrinterCommand {
        public SetTemperature {
            if (!(target >= 0 && target <= heater.highest())) {
                throw new InvalidValueException("expected a number from 0 to " + heater.highest());
            }
            target = Math.round(target * 10) / 10.0;
        }

        @Override
        public Capability capability() {
            return heater.capability();
        }

        /** The target in plain digits, as every protocol accepts it: {@code 215} or {@code 62.5}. */
        public String targetText() {
            return BigDecimal.valueOf(target).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * Homes axes.
     *
     * @param axes at least one, in the order x, y, z
     */
    record Home(Set<Axis> axes) implements PrinterCommand {
        public Home {
            if (axes.isEmpty()) {
                throw new InvalidValueException("expected at least one axis");
            }
            axes = Collections.unmodifiableSet(EnumSet.copyOf(axes));
        }

        /** All axes. */
        public static Home everywhere() {
            return new Home(EnumSet.allOf(Axis.class));
        }

        @Override
        public Capability capability() {
            return Capability.HOME;
        }
    }

    /** Switches the light of the chamber. */
    record SetLight(boolean on) implements PrinterCommand {
        @Override
        public Capability capability() {
            return Capability.LIGHT;
        }
    }

    /**
     * Sets the print speed.
     *
     * @param percent of the normal speed, {@value #LOWEST} to {@value #HIGHEST}; a printer may accept only some values
     */
    record SetSpeed(int percent) implements PrinterCommand {
        public static final int LOWEST = 10;
        public static final int HIGHEST = 300;

        public SetSpeed {
            if (percent < LOWEST || percent > HIGHEST) {
                throw new InvalidValueException("expected a number from " + LOWEST + " to " + HIGHEST);
            }
        }

        @Override
        public Capability capability() {
            return Capability.SPEED;
        }
    }

    enum Axis implements WireConstant {
        X,
        Y,
        Z
    }

    /** A heater whose target can be set. */
    enum Heater {
        /** The first nozzle. */
        NOZZLE(Capability.NOZZLE_TEMPERATURE, 350),
        BED(Capability.BED_TEMPERATURE, 130);

        private final Capability capability;
        private final int highest;

        Heater(Capability capability, int highest) {
            this.capability = capability;
            this.highest = highest;
        }

        /** The capability that the printer needs for setting this heater. */
        public Capability capability() {
            return capability;
        }

        public Verb verb() {
            return Verb.of(capability);
        }

        /**
         * The highest accepted target in degrees Celsius, which only catches typing errors: the printer's own limit is
         * lower, and the printer enforces it.
         */
        public int highest() {
            return highest;
        }
    }

    /** The name of a command in topics, URLs and the configuration. */
    enum Verb implements WireConstant {
        PAUSE(Capability.PAUSE),
        RESUME(Capability.RESUME),
        CANCEL(Capability.CANCEL),
        NOZZLE_TEMPERATURE(Capability.NOZZLE_TEMPERATURE),
        BED_TEMPERATURE(Capability.BED_TEMPERATURE),
        HOME(Capability.HOME),
        EMERGENCY_STOP(Capability.EMERGENCY_STOP),
        LIGHT(Capability.LIGHT),
        SPEED(Capability.SPEED),
        /** Tells the bridge that the print was taken off the plate; the printer is not involved. */
        CLEAR_PLATE(null);

        private final @Nullable Capability capability;

        Verb(@Nullable Capability capability) {
            this.capability = capability;
        }

        static Verb of(Capability capability) {
            return valueOf(capability.name());
        }

        /** The capability that a printer needs for it; null if the bridge executes it itself, for any printer. */
        public @Nullable Capability capability() {
            return capability;
        }

        /** Whether it can be used with a printer of these capabilities. */
        public boolean isSupportedBy(Set<Capability> capabilities) {
            return capability == null || capabilities.contains(capability);
        }
    }
}
