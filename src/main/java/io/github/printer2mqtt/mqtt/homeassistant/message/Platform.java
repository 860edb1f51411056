package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.text.WireConstant;

/** The platforms of entities that we announce. */
public enum Platform implements WireConstant {
    SENSOR,
    BINARY_SENSOR,
    EVENT,
    BUTTON,
    NUMBER,
    SWITCH,
    IMAGE
}
