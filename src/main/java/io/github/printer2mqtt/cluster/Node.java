package io.github.printer2mqtt.cluster;

import java.util.UUID;

/**
 * A process that takes part.
 *
 * @param name the configured name, unique among the nodes
 * @param incarnation differs at each start, and after each time that others took this node for dead
 * @param version of the program
 */
public record Node(String name, UUID incarnation, String version) {
    static Node of(String name, String version) {
        return new Node(name, UUID.randomUUID(), version);
    }

    Node reborn() {
        return of(name, version);
    }
}
