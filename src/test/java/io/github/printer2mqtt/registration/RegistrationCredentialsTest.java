package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationCredentialsTest {
    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @Test
    void patchMergesAndRemovesCredentials() {
        PrinterId id = fixture.add(mk4().put("credentials", new JsonObject().put("api_key", "key")))
                .printer()
                .id();
        fixture.change("{\"credentials\":{\"username\":\"maker\",\"password\":\"one\"}}");
        assertThat(fixture.repository.credentials(id)).isEqualTo(Credentials.ofLogin("maker", "one"));
        fixture.change("{\"credentials\":{\"password\":\"two\"}}");
        assertThat(fixture.repository.credentials(id)).isEqualTo(Credentials.ofLogin("maker", "two"));
        fixture.change("{\"credentials\":{\"username\":null}}");
        assertThat(fixture.repository.credentials(id)).isEqualTo(new Credentials(null, null, Secret.of("two")));
        fixture.change("{\"name\":\"Other\"}");
        assertThat(fixture.repository.credentials(id)).isEqualTo(new Credentials(null, null, Secret.of("two")));
        assertThat(fixture.change("{\"credentials\":null}").hasCredentials()).isFalse();
        assertThat(fixture.repository.credentials(id)).isEqualTo(Credentials.none());
        assertThat(fixture.monitoring.credentials.get(id)).isEqualTo(Credentials.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\":\"192.0.2.66\"}",
                "{\"address\":\"192.0.2.20:8080\"}",
                "{\"address\":\"https://192.0.2.20:80\"}",
                "{\"address\":\"192.0.2.66\",\"credentials\":{}}",
                "{\"address\":\"192.0.2.66\",\"driver\":\"auto\"}",
                "{\"address\":\"192.0.2.66\",\"name\":\"Other\",\"credentials\":null}"
            })
    void newServerDoesNotGetTheStoredCredentials(String patch) {
        PrinterId id = addWithLogin();
        fixture.network.drivers.put("http://192.0.2.66:80", List.of("prusalink"));

        assertThat(fixture.change(patch).hasCredentials()).isFalse();
        assertThat(fixture.repository.credentials(id)).isEqualTo(Credentials.none());
        assertThat(fixture.monitoring.credentials.get(id)).isEqualTo(Credentials.none());
        assertThat(fixture.stored().get(0).hasCredentials()).isFalse();
    }

    @Test
    void newServerGetsOnlyTheCredentialsOfTheSameRequest() {
        PrinterId id = addWithLogin();
        fixture.change("{\"address\":\"192.0.2.66\",\"credentials\":{\"api_key\":\"new\"}}");
        assertThat(fixture.repository.credentials(id)).isEqualTo(Credentials.ofApiKey("new"));
        fixture.change("{\"address\":\"192.0.2.67\",\"credentials\":{\"password\":\"other\"}}");
        assertThat(fixture.repository.credentials(id)).isEqualTo(new Credentials(null, null, Secret.of("other")));
        assertThat(fixture.failedChange(
                                "{\"address\":\"192.0.2.68\",\"credentials\":{\"username\":\"maker\"}}",
                                Code.INVALID_FIELD)
                        .field())
                .isEqualTo("credentials.password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\":\"http://192.0.2.20:80\"}",
                "{\"address\":\"192.0.2.20\"}",
                "{\"address\":\"192.0.2.20/second\"}",
                "{\"driver\":\"octoprint\"}",
                "{\"enabled\":false}"
            })
    void sameServerKeepsTheCredentials(String patch) {
        PrinterId id = addWithLogin();

        assertThat(fixture.change(patch).hasCredentials()).isTrue();
        assertThat(fixture.repository.credentials(id)).isEqualTo(Credentials.ofLogin("maker", "one"));
    }

    private PrinterId addWithLogin() {
        JsonObject login = new JsonObject().put("username", "maker").put("password", "one");
        return fixture.add(mk4().put("credentials", login)).printer().id();
    }
}
