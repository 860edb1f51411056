/** How the bridge shows to what runs it, systemd or a container engine, that it is alive. */
@NullMarked
package io.github.printer2mqtt.supervision;

import org.jspecify.annotations.NullMarked;
