package io.github.printer2mqtt.testing;

/** The real server of a printer, with a simulated machine, in processes on 127.0.0.1. */
public interface RealPrinter extends AutoCloseable {
    int port();

    /** The key that it accepts. */
    String apiKey();

    /** The state of its print, in its own words. */
    String state();

    /** Uploads and prints a file that takes about this many seconds once the heaters are hot. */
    void print(String file, int seconds);

    @Override
    void close();
}
