package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.supervision.HealthFile;
import io.github.printer2mqtt.supervision.SystemdNotifier;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the real systemd-notify sends for the bridge, received on a datagram socket as systemd has one. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SystemdNotifierIT {
    @TempDir
    private Path folder;

    private @Nullable Process receiver;

    @BeforeEach
    void requireProgram() {
        Peers.program("systemd-notify");
    }

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.destroyForcibly();
        }
    }

    @Test
    void bridgeReportsThatItServesThatItIsAliveAndThatItStops() throws IOException {
        String socket = receiveAt(folder.resolve("notify").toString());
        SystemdNotifier notifier =
                SystemdNotifier.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "200000", "WATCHDOG_PID", self()));

        try (Launcher.Running bridge = new BridgeLauncher(reason -> {}, HealthFile.none(), notifier)
                .start(RunningBridge.read(RunningBridge.configuration(folder)))) {
            Await.until("ready", () -> received().contains("READY=1"));
            assertThat(received())
                    .contains("STATUS=API http://127.0.0.1:" + bridge.banner().httpPort() + "/, printers: 0");
            Await.until("two watchdog notifications", () -> watchdogNotifications() >= 2);
            assertThat(received()).doesNotContain("STOPPING=1");
        }

        Await.until("stopping", () -> received().contains("STOPPING=1"));
    }

    @Test
    void loopThatRunsNothingGivesNoSignOfLife() throws IOException {
        String socket = receiveAt(folder.resolve("notify").toString());
        List<Runnable> tasks = new CopyOnWriteArrayList<>();
        Executor blocked = tasks::add;

        try (SystemdNotifier notifier =
                SystemdNotifier.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "200000"))) {
            notifier.ready("blocked", List.of(Runnable::run, blocked));
            Await.until("three signs are due", () -> tasks.size() >= 3);
            assertThat(received()).contains("READY=1").doesNotContain("WATCHDOG=1");

            Await.until("a watchdog notification as soon as the loop runs again", () -> {
                tasks.forEach(Runnable::run);
                return watchdogNotifications() > 0;
            });
        }
    }

    @Test
    void socketMayBeAbstractAndTheWatchdogThatOfAnotherProcess() throws IOException {
        String socket = receiveAt("@printer2mqtt-" + self() + "-" + System.nanoTime());
        List<Runnable> tasks = new CopyOnWriteArrayList<>();

        try (SystemdNotifier notifier =
                SystemdNotifier.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1"))) {
            notifier.ready("no watchdog", List.of(tasks::add));
        }

        Await.until("stopping", () -> received().contains("STOPPING=1"));
        assertThat(received()).containsExactly("READY=1", "STATUS=no watchdog", "STOPPING=1");
        assertThat(tasks).isEmpty();
    }

    @Test
    void bridgeStartsWhereNobodyListensOnTheSocket() throws IOException {
        SystemdNotifier notifier = SystemdNotifier.of(
                Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()));

        try (CapturedLog log = CapturedLog.of(SystemdNotifier.class.getName());
                Launcher.Running bridge = new BridgeLauncher(reason -> {}, HealthFile.none(), notifier)
                        .start(RunningBridge.read(RunningBridge.configuration(folder)))) {
            assertThat(bridge.banner().httpPort()).isPositive();
            Await.until("the warning", () -> !log.lines().isEmpty());
            // The words of the program, in the log and not on the error output of the bridge.
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("No such file or directory")
                    .endsWith("systemd does not know READY=1");
        }
    }

    private static String self() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private long watchdogNotifications() {
        return received().stream().filter("WATCHDOG=1"::equals).count();
    }

    private List<String> received() {
        try {
            return Files.readAllLines(output()).stream().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return folder.resolve("received.txt");
    }

    private String receiveAt(String socket) throws IOException {
        receiver = new ProcessBuilder(
                        Peers.program("python3").toString(), "src/test/resources/peers/notify_socket.py", socket)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        Await.until("the receiver listens", () -> {
            try {
                return Files.readString(output()).startsWith("bound");
            } catch (IOException e) {
                return false;
            }
        });
        return socket;
    }
}
