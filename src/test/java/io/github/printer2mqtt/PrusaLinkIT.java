package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.PeerRegistration;
import io.github.printer2mqtt.testing.PrusaLink;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge and a real PrusaLink of a Raspberry Pi, compared at every step. */
@Timeout(150)
class PrusaLinkIT {
    private static final String ID = "mk3s";

    private static @Nullable PrusaLink shared;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @BeforeAll
    static void startPrusaLink() {
        shared = PrusaLink.start();
    }

    @AfterAll
    static void stopPrusaLink() {
        if (shared != null) {
            shared.close();
        }
    }

    @AfterEach
    void printerIsAtRest() {
        prusaLink().attend();
        if (prusaLink().state().equals("ERROR")) {
            prusaLink().switchOn();
        }
        prusaLink().cancelPrint();
        prusaLink().awaitIdle();
    }

    @Test
    void printIsFollowedFromStartToFinish() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            JsonObject registered = bridge.api().register(registration().with("auto"));
            assertThat(registered.getString("driver")).isEqualTo("prusalink");
            bridge.api().awaitState(ID, "idle");

            prusaLink().print("clip.gcode", 8);
            bridge.api()
                    .await(
                            ID,
                            "as hot as the file wants it",
                            status -> target(status) == 215
                                    && prusaLink().printer().getDouble("target_nozzle") == 215);
            JsonObject ours = bridge.api().awaitProgress(ID, 20);
            JsonObject theirs = Objects.requireNonNull(prusaLink().job());
            assertThat(ours.getJsonObject("job").getString("id"))
                    .isEqualTo(theirs.getValue("id").toString());
            assertThat(ours.getJsonObject("job").getString("file"))
                    .isEqualTo(theirs.getJsonObject("file").getString("display_name"))
                    .isEqualTo("clip.gcode");
            assertThat(HttpApi.progress(ours)).isCloseTo(theirs.getDouble("progress"), within(35.0));
            JsonObject finished = bridge.api().awaitState(ID, "finished");
            assertThat(prusaLink().state()).isEqualTo("FINISHED");
            assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
            assertThat(bridge.awaitEvents(user, ID, 2)).containsExactly("print_started", "print_finished");
        }
    }

    @Test
    void commandsPauseResumeAndCancelPrint() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("prusalink"));
            bridge.api().awaitState(ID, "idle");
            HttpApi.json(bridge.api().command(ID, "pause"), 409);
            prusaLink().print("spool.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            HttpApi.json(bridge.api().command(ID, "pause"), 202);
            bridge.api().awaitState(ID, "paused");
            assertThat(prusaLink().state()).isEqualTo("PAUSED");
            HttpApi.json(bridge.api().command(ID, "resume"), 202);
            bridge.api().awaitState(ID, "printing");
            assertThat(prusaLink().state()).isEqualTo("PRINTING");
            HttpApi.json(bridge.api().command(ID, "cancel"), 202);
            JsonObject cancelled = bridge.api().awaitState(ID, "cancelled");
            assertThat(prusaLink().state()).isEqualTo("STOPPED");
            assertThat(HttpApi.lastJob(cancelled)).isEqualTo("spool.gcode cancelled");
            assertThat(bridge.awaitEvents(user, ID, 4))
                    .containsExactly("print_started", "print_paused", "print_resumed", "print_cancelled");
        }
    }

    @Test
    void printerThatWaitsForItsUserWantsAttentionUntilItIsAttended() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("prusalink"));
            bridge.api().awaitState(ID, "idle");
            prusaLink().print("colours.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            prusaLink().wantAttention();
            bridge.api().awaitState(ID, "attention");
            assertThat(prusaLink().state()).isEqualTo("ATTENTION");
            prusaLink().attend();
            bridge.api().awaitState(ID, "printing");
            assertThat(prusaLink().state()).isEqualTo("PRINTING");
            prusaLink().cancelPrint();
            bridge.api().awaitState(ID, "cancelled");
            assertThat(bridge.awaitEvents(user, ID, 4))
                    .containsExactly("print_started", "attention", "attention_cleared", "print_cancelled");
        }
    }

    @Test
    void printerThatIsSwitchedOffIsOfflineAndComesBack() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("prusalink"));
            bridge.api().awaitState(ID, "idle");

            prusaLink().switchOff();
            bridge.api().awaitOffline(ID, "disconnected");
            assertThat(prusaLink().printer().getJsonObject("status_printer").getBoolean("ok"))
                    .isFalse();
            bridge.awaitAvailability(user, ID, "\"reason\":\"disconnected\"");
            prusaLink().switchOn();
            bridge.api().awaitState(ID, "idle");
            bridge.awaitAvailability(user, ID, "{\"state\":\"online\"}");
            bridge.awaitEvents(user, ID, 2);
            assertThat(bridge.events(user.catchUp(), ID)).containsExactly("printer_offline", "printer_online");
        }
    }

    @Test
    void wrongKeyIsOfflineWithReasonAuth() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("prusalink", PeerRegistration.key("wrong")));
            JsonObject refused = bridge.api().awaitOffline(ID, "auth");
            assertThat(refused.getString("message")).contains("key");
            registration().change(bridge.api(), login("not-the-password"));
            refused = bridge.api().awaitOffline(ID, "auth");
            assertThat(refused.getString("message")).doesNotContain("not-the-password");
            registration().change(bridge.api(), login(PrusaLink.PASSWORD));
            bridge.api().awaitState(ID, "idle");
            bridge.awaitAvailability(user, ID, "{\"state\":\"online\"}");
            assertThat(bridge.events(user.catchUp(), ID)).containsExactly("printer_online");
        }
    }

    private JsonObject configuration() {
        return RunningBridge.patientConfiguration(folder);
    }

    private static PeerRegistration registration() {
        return new PeerRegistration(ID, "MK3S", prusaLink().port(), PrusaLink.API_KEY);
    }

    private static JsonObject login(String password) {
        return new JsonObject().put("username", PrusaLink.USERNAME).put("password", password);
    }

    /** -1 if unknown. */
    private static double target(JsonObject status) {
        JsonObject nozzle = status.getJsonObject("temperatures").getJsonObject("nozzle");
        return nozzle == null ? -1 : nozzle.getDouble("target", -1.0);
    }

    private static PrusaLink prusaLink() {
        if (shared == null) {
            throw new AssertionError("PrusaLink was not started");
        }
        return shared;
    }
}
