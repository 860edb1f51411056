package io.github.printer2mqtt.driver;

import org.jspecify.annotations.Nullable;

/**
 * What a printer says about itself in the local network. It is only a hint that the driver should probe the machine that sent it;
 * where the printer listens is never taken from another machine's datagram.
 *
 * @param port null for the driver's usual one
 * @param path before the paths of the protocol, empty for none
 * @param name for people
 */
public record Announcement(
        @Nullable Integer port,
        String path,
        @Nullable String name,
        @Nullable String model,
        @Nullable String serialNumber) {}
