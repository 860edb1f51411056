package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.list.JsonFieldFilter;
import io.github.printer2mqtt.http.message.ContentEncoding;
import io.github.printer2mqtt.http.security.AllowedHosts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | IDENTITY",
                "'' | IDENTITY",
                "gzip | GZIP",
                "GZIP, br | GZIP",
                "br, *;q=0.1 | GZIP",
                "gzip;q=0 | IDENTITY",
                "gzip; q=0.000, * | IDENTITY",
                "*;q=0 | IDENTITY",
                "identity | IDENTITY",
                "x-gzip-not | IDENTITY"
            })
    void encodingIsWhatTheClientTakes(@Nullable String accepted, ContentEncoding expected) {
        assertThat(ContentEncoding.negotiate(accepted == null ? List.of() : List.of(accepted)))
                .isEqualTo(expected);
    }

    @Test
    void keysAreTakenOutOfAnObjectAsTheyStand() {
        String object = "{\"a\":\"x\\\"},{\\\\\",\"b\":{\"a\":[1,{\"c\":\"]\"}]},\"c\":null,\"d\":[],\"e\":-1.5}";

        assertThat(selected(object, Set.of("a"))).isEqualTo("{\"a\":\"x\\\"},{\\\\\"}");
        assertThat(selected(object, Set.of("b", "e"))).isEqualTo("{\"b\":{\"a\":[1,{\"c\":\"]\"}]},\"e\":-1.5}");
        assertThat(selected(object, Set.of("a", "b", "c", "d", "e"))).isEqualTo(object);
        assertThat(selected(object, Set.of())).isEqualTo("{}");
        assertThat(selected("{}", Set.of("a"))).isEqualTo("{}");
    }

    private static String selected(String object, Set<String> keys) {
        return new String(
                JsonFieldFilter.select(object.getBytes(StandardCharsets.UTF_8), keys), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.8.9.1, true",
        "localhost, true",
        "::1, true",
        "0:0:0:0:0:0:0:1, true",
        "0.0.0.0, false",
        "::, false",
        "192.0.2.1, false",
        "127.0.0.1.example, false",
        "2001:db8::1, false"
    })
    void loopbackIsThisMachineOnly(String host, boolean expected) {
        assertThat(AllowedHosts.isLoopback(host)).isEqualTo(expected);
    }
}
