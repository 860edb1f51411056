package io.github.printer2mqtt.driver.creality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrealityCommandRequestTest {
    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(Command.PAUSE, "{\"pause\":1}", new Object[] {"state", 102}),
                Arguments.of(Command.RESUME, "{\"pause\":0}", new Object[] {"state", 103}),
                Arguments.of(Command.CANCEL, "{\"stop\":1}", new Object[] {"state", 101}),
                Arguments.of(Command.CANCEL, "{\"stop\":1}", new Object[] {"state", 0, "deviceState", 0}),
                Arguments.of(
                        new Command.SetTemperature(Command.Heater.NOZZLE, 214.6),
                        "{\"nozzleTempControl\":215}",
                        new Object[] {"targetNozzleTemp", "215.000000"}),
                Arguments.of(
                        new Command.SetTemperature(Command.Heater.BED, 60),
                        "{\"bedTempControl\":{\"num\":0,\"val\":60}}",
                        new Object[] {"targetBedTemp0", 60}),
                Arguments.of(new Command.SetLight(true), "{\"lightSw\":1}", new Object[] {"lightSw", 1}),
                Arguments.of(new Command.SetLight(false), "{\"lightSw\":0}", new Object[] {"lightSw", 0}),
                Arguments.of(
                        new Command.SetSpeed(120), "{\"setFeedratePct\":120}", new Object[] {"curFeedratePct", 120}));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sendsTheMessageAndRecognisesItsEffect(PrinterCommand command, String params, Object[] effect) {
        CrealityMessages printer =
                new CrealityMessages().add("state", command.equals(Command.RESUME) ? 5 : 1, "deviceState", 1);
        CrealityCommandRequest request = CrealityCommandRequest.of(command, printer.report());

        assertThat(request.text()).isEqualTo("{\"method\":\"set\",\"params\":" + params + "}");
        assertThat(request.isDone().test(printer.report())).isFalse();
        assertThat(request.isDone().test(printer.add(effect).report())).isTrue();
    }

    @Test
    void pauseWhileHomingIsRefusedBecauseThePrinterIgnoresIt() {
        CrealityMessages printer = new CrealityMessages().add("state", 1, "deviceState", 7);

        assertThatThrownBy(() -> CrealityCommandRequest.of(Command.PAUSE, printer.report()))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("homes");
    }

    @Test
    void cancelOfAPrintThatAPowerLossEndedIsRefused() {
        CrealityMessages printer = new CrealityMessages().add("state", 0, "deviceState", 0, "repoPlrStatus", 1);

        assertThatThrownBy(() -> CrealityCommandRequest.of(Command.CANCEL, printer.report()))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("power loss");
    }

    @Test
    void otherCommandsAreUnsupported() {
        CrealityMessages printer = new CrealityMessages().add("state", 0);

        assertThatThrownBy(() -> CrealityCommandRequest.of(Command.Home.everywhere(), printer.report()))
                .isInstanceOf(CommandRefusedException.class);
    }
}
