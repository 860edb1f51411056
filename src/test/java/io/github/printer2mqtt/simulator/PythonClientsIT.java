package io.github.printer2mqtt.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.bambu.BambuSimulator;
import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.duet.DuetSimulator;
import io.github.printer2mqtt.simulator.elegoo.ElegooSimulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeSimulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeTcpSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote understand our simulated printers, which therefore stand for real ones. */
class PythonClientsIT {
    private static final String KEY = "k3y";
    private static final String OPEN = "reprap";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final SimulatedPrinter machine = new SimulatedPrinter("Delta", new ManualClock());

    @TempDir
    private Path folder;

    @BeforeEach
    void print() {
        machine.startUnderWay("clip.gcode", Duration.ofMinutes(10), Duration.ofMinutes(4));
    }

    @Test
    void duetwebapiReadsAndControlsAStandaloneBoard() throws Exception {
        PrinterServer server = printers.start(new DuetSimulator(machine, OPEN));

        assertThat(run("duet_client.py", server.url()))
                .containsExactly("DWC_REST processing 161 1 0", "0:/gcodes/clip.gcode", "paused", "idle");
    }

    @Test
    void duetwebapiReadsAndControlsABoardWithAnSbc() throws Exception {
        PrinterServer server = printers.start(new DuetSbcSimulator(machine, OPEN));

        assertThat(run("duet_client.py", server.url()))
                .containsExactly("DSF_REST processing 161 1 0", "0:/gcodes/clip.gcode", "paused", "idle");
    }

    @Test
    void pyrepetierReadsAllPrintersOfAServer() throws Exception {
        SimulatedPrinter idle = new SimulatedPrinter("Old Delta", new ManualClock());
        String port = String.valueOf(printers.start(new RepetierSimulator(List.of(machine, idle), KEY))
                .port());

        assertThat(run("repetier_client.py", port, KEY))
                .containsExactly("1.4.18", "Delta clip.gcode 40 215.0", "Old_Delta None None 0.0");
        assertThat(run("repetier_client.py", port, "wrong")).containsExactly("refused");
    }

    @Test
    void flashforgePythonApiReadsAndControlsAPrinter() throws Exception {
        FlashforgeSimulator simulator = new FlashforgeSimulator(machine, "SNMOCK0000001", KEY);
        String port = String.valueOf(printers.start(simulator).port());

        assertThat(run("flashforge_client.py", port, "SNMOCK0000001", KEY))
                .containsExactly("Adventurer 5M Pro PRINTING clip.gcode 40", "215.0 60.0 True", "PAUSED", "CANCELLED");
        assertThat(run("flashforge_client.py", port, "SNMOCK0000001", "wrong")).containsExactly("refused");
    }

    @Test
    void flashforgePythonApiReadsAndControlsAnOlderPrinter() throws Exception {
        String port = String.valueOf(
                printers.start(new FlashforgeTcpSimulator(machine)).port());

        assertThat(run("flashforge_tcp_client.py", port))
                .containsExactly(
                        "Flashforge Adventurer 4 v2.0.9 1",
                        "BUILDING_FROM_SD MOVING clip.gcode 40 161/400",
                        "215 60",
                        "False",
                        "BUILDING_FROM_SD PAUSED",
                        "READY READY");
    }

    @Test
    void sdcpPrinterReadsAnElegoo() throws Exception {
        String port =
                String.valueOf(printers.start(new ElegooSimulator(machine)).port());

        assertThat(run("sdcp_client.py", port)).containsExactly("['PRINTING'] True", "161 400 240 600 clip.gcode");
    }

    @Test
    void bambulabsApiReadsAndControlsAPrinter() throws Exception {
        String serial = SimulatedBambu.SERIAL;
        String port = String.valueOf(
                printers.start(new BambuSimulator(machine, serial, "12345678", SimulatedBambu.certificate()))
                        .port());

        assertThat(run("bambu_client.py", port, serial, "12345678"))
                .containsExactly(
                        "RUNNING clip.gcode 40 161 400 6", "215.0 60.0 on 01.08.02.00", "124", "PAUSE", "FAILED");
        assertThat(run("bambu_client.py", port, serial, "87654321")).containsExactly("refused");
    }

    @Test
    void moonrakerApiReadsAndControlsAPrinter() throws Exception {
        String port =
                String.valueOf(printers.start(new MoonrakerSimulator(machine)).port());

        assertThat(run("moonraker_client.py", port))
                .containsExactly("ready True", "printing clip.gcode 40 215.0", "paused");
    }

    /** The lines that a script prints with the Python of a virtual environment that has the clients. */
    private List<String> run(String script, String... arguments) throws IOException, InterruptedException {
        Path python = Peers.program("python-clients", "PRINTER2MQTT_PYTHON_CLIENTS");
        Path output = Files.createTempFile(folder, "output", ".txt");
        List<String> command = new ArrayList<>(List.of(
                python.toString(), Path.of("src/test/resources/peers", script).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output).stream()
                .filter(line -> !line.equals("Invalid response from API"))
                .toList();
    }
}
