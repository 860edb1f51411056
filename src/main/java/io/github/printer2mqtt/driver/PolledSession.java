package io.github.printer2mqtt.driver;

/** A session whose printer says nothing by itself and is polled on a schedule. */
public non-sealed interface PolledSession extends PrinterSession {}
