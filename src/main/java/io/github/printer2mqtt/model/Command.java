package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.WireConstant;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A command of a user to a printer. It is sent once and never repeated. */
public sealed interface Command {
    Command PAUSE = new WithoutArguments(Capability.PAUSE);
    Command RESUME = new WithoutArguments(Capability.RESUME);
    Command CANCEL = new WithoutArguments(Capability.CANCEL);
    /** Stops motors and heaters at once; afterwards the printer needs a restart. */
    Command EMERGENCY_STOP = new WithoutArguments(Capability.EMERGENCY_STOP);

    /** The capability that the printer needs for this command. */
    Capability capability();

    /** A command that its capability describes completely. */
    record WithoutArguments(Capability capability) implements Command {}

    /**
     * Sets the target of a heater without waiting until it is reached.
     *
     * @param target in degrees Celsius, rounded to 0.1; 0 switches the heater off; at most {@link Heater#highest()}
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

        /**
         * The highest accepted target in degrees Celsius, which only catches typing errors: the printer's own limit is
         * lower, and the printer enforces it.
         */
        public int highest() {
            return highest;
        }
    }
}
