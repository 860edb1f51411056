package io.github.printer2mqtt.printer;

/** What a printer can be told to heat. */
public enum Heater {
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
