package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sites that cannot be told apart, and names that cannot be part of an address. */
class SitesConfigTest {
    private static Stream<Arguments> invalidSites() {
        return Stream.of(
                invalid(
                        "{'sites': [{'name': 'North', 'base_topic': 'north'}]}",
                        "sites[0]: found 'North=north', expected a site such as {'name': 'north', 'base_topic': 'north'},"
                                + " whose name is 1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit"),
                invalid(
                        "{'sites': [{'name': 'north'}]}",
                        "sites[0]: found an object, expected a site such as {'name': 'north', 'base_topic': 'north'}"),
                invalid(
                        "{'sites': [{'name': 'north', 'base_topic': 'printer2mqtt/north'}]}",
                        "sites[0]: found the base topic 'printer2mqtt/north', expected one that is neither our"
                                + " mqtt.base_topic 'printer2mqtt' nor below or above it"),
                invalid(
                        "{'sites': [{'name': 'a', 'base_topic': 'a'}, {'name': 'a', 'base_topic': 'b'}]}",
                        "sites[1]: found the name 'a', which another site has, expected another name"),
                invalid(
                        "{'sites': [{'name': 'a', 'base_topic': 'a/b'}, {'name': 'b', 'base_topic': 'a'}]}",
                        "sites[1]: found the base topic 'a', expected one that is neither that of the site a, 'a/b', nor"
                                + " below or above it"));
    }

    private static Arguments invalid(String json, String line) {
        return Arguments.of(json.replace('\'', '"'), line.replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("invalidSites")
    void errorNamesSiteFoundAndExpectedValue(String json, String line) {
        assertThat(InvalidConfigTest.lines(json)).containsExactly(line);
    }
}
