package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.InvalidValueException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Something a user asks a printer to do. A command is sent once and never retried. */
public sealed interface Command {
    /** What the printer must be able to do for this command. */
    Capability capability();

    /** Holds the running print. */
    record Pause() implements Command {
        @Override
        public Capability capability() {
            return Capability.PAUSE;
        }
    }

    /** Goes on with a paused print. */
    record Resume() implements Command {
        @Override
        public Capability capability() {
            return Capability.RESUME;
        }
    }

    /** Ends the running print for good. */
    record Cancel() implements Command {
        @Override
        public Capability capability() {
            return Capability.CANCEL;
        }
    }

    /**
     * Gives a heater a target and does not wait until it is there.
     *
     * @param target in degrees Celsius, rounded to 0.1; 0 switches off, and more than {@link Heater#highest()} is refused
     */
    record SetTemperature(Heater heater, double target) implements Command {
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

        /** The target in plain digits as every protocol takes it: {@code 215} or {@code 62.5}. */
        public String targetText() {
            return BigDecimal.valueOf(target).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * Moves to where the axes begin.
     *
     * @param axes at least one, in the order x, y, z
     */
    record Home(Set<Axis> axes) implements Command {
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

    /** Stops the machine at once, heaters and all; afterwards it wants a restart. */
    record EmergencyStop() implements Command {
        @Override
        public Capability capability() {
            return Capability.EMERGENCY_STOP;
        }
    }

    /** A direction in which a printer moves. */
    enum Axis {
        X,
        Y,
        Z;

        /** The name used in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a printer can be told to heat. */
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

        /** What a printer must be able to do for this heater to be set. */
        public Capability capability() {
            return capability;
        }

        /**
         * The highest target that is passed on, in degrees Celsius: above what any printer we speak to is built for, so that
         * a slip of the finger goes no further. The printer's own limit is lower and its own business.
         */
        public int highest() {
            return highest;
        }
    }
}
