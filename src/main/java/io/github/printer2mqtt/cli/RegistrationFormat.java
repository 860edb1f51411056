package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.text.WireConstant;

/** The file formats of an export. */
public enum RegistrationFormat implements WireConstant {
    JSON,
    CSV
}
