package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that runs with MQTT 5 and with MQTT 3.1.1; its parameter is the version. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
        value = Version.class,
        names = {"V5", "V3"})
@interface TestWithBothVersions {}
