package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.simulator.bambu.BambuReply;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedBambu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Given a simulated printer with TLS, what becomes of commands. */
@Timeout(60)
class BambuCommandsTest {
    @SuppressWarnings("NullAway.Init") // before each test
    private BambuFixture fixture;

    @SuppressWarnings("NullAway.Init") // before each test
    private SimulatedBambu printer;

    @BeforeEach
    void start() {
        fixture = new BambuFixture();
        printer = fixture.printer;
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = BambuReply.class,
            names = {"SUCCESS", "SUCCESS_WITHOUT_NAME"})
    void commandIsDoneWhenThePrinterSaysSo(BambuReply reply) {
        printer.setReply(reply);
        Session session = fixture.open();
        session.poll();

        session.execute(Command.PAUSE);
        session.execute(new Command.SetLight(false));

        assertThat(printer.requested("pause")).isEqualTo(1);
        assertThat(printer.requested("ledctrl")).isEqualTo(1);
    }

    @Test
    void refusedCommandNamesTheReason() {
        printer.setReply(BambuReply.REFUSED);
        Session session = fixture.open();
        session.poll();

        assertThat(session.refusal(Command.RESUME))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("not now");
    }

    @Test
    void replyWithoutAResultIsNoSuccess() {
        printer.setReply(BambuReply.WITHOUT_RESULT);
        Session session = fixture.open();
        session.poll();

        assertThat(session.refusal(Command.CANCEL)).isInstanceOf(PrinterException.class);
    }

    @Test
    void printerWithoutDeveloperModeLosesItsCapabilities() {
        printer.setReply(BambuReply.UNSIGNED);
        Session session = fixture.open();
        assertThat(session.poll().missing()).isEmpty();

        assertThat(session.refusal(Command.PAUSE)).hasMessageContaining("Developer mode");

        assertThat(latest(session).missing())
                .contains(Capability.PAUSE, Capability.SPEED)
                .doesNotContain(Capability.LIGHT);
    }

    @Test
    void printerThatSaysItNeedsSignaturesHasLightOnly() {
        printer.change("fun", "3EC1AFFF9CFF");
        Session session = fixture.open();

        assertThat(session.poll().missing()).contains(Capability.CANCEL).doesNotContain(Capability.LIGHT);
    }

    @Test
    void twoCommandsWithoutAReplyRebuildTheConnection() {
        Session session = fixture.open();
        session.poll();
        printer.setReply(BambuReply.NONE);

        assertThat(session.refusal(Command.PAUSE)).hasMessageContaining("within 1 s");
        assertThat(fixture.losses.get()).isZero();
        assertThat(session.refusal(Command.PAUSE)).hasMessageContaining("within 1 s");

        assertThat(fixture.losses.get()).isEqualTo(1);
        session.poll();
        assertThat(printer.logins()).isEqualTo(2);
        assertThat(printer.requested("pause")).isEqualTo(2);
    }

    @Test
    void commandOnALostConnectionIsNotRepeated() {
        Session session = fixture.open();
        session.poll();
        printer.dropConnections();
        Await.until("the printer and the session get so far", () -> fixture.losses.get() == 1);

        assertThat(session.refusal(Command.PAUSE)).isInstanceOf(PrinterException.class);

        session.poll();
        assertThat(printer.requested("pause")).isZero();
    }

    private static Reading latest(Session session) {
        return Await.done(((PushedSession) session.session()).latest());
    }
}
