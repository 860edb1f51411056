/**
 * Discovery by Home Assistant: one retained message a printer and one for the bridge, each naming a device and all of its
 * entities. Pure mapping from what is registered and seen to payloads; when they are sent is not decided here.
 *
 * <p>Facts: {@code homeassistant/components/mqtt} of Home Assistant (schemas, discovery, sensor, event) from 2024.11 on,
 * which is the first release with messages for whole devices. Start reading at
 * {@link io.github.printer2mqtt.mqtt.homeassistant.DiscoveryPlan}.
 */
@NullMarked
package io.github.printer2mqtt.mqtt.homeassistant;

import org.jspecify.annotations.NullMarked;
