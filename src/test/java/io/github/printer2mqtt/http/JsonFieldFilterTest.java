package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.list.JsonFieldFilter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonFieldFilterTest {
    @Test
    void selectedKeysAreCopiedUnchanged() {
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
}
