@NullMarked
package io.github.printer2mqtt.registration.service;

import org.jspecify.annotations.NullMarked;
