package io.github.printer2mqtt.model;

import org.jspecify.annotations.Nullable;

/**
 * What identifies a printer among those of all sites: two sites may have printers with the same id.
 *
 * @param site null for a printer of this bridge
 */
public record PrinterKey(@Nullable String site, PrinterId id) {}
