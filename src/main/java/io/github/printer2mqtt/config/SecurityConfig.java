package io.github.printer2mqtt.config;

/**
 * Section {@code security}.
 *
 * @param allowLoopbackPrinters whether printers may be registered on this machine
 */
public record SecurityConfig(boolean allowLoopbackPrinters) {
    public static SecurityConfig defaults() {
        return new ConfigAssembler(new Values()).security();
    }
}
