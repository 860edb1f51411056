package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The content and format of the log on the console. */
class ConsoleLogTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private PrintStream before;

    @BeforeEach
    void capture() {
        before = System.err;
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() throws Exception {
        System.setErr(before);
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void eachEventIsOneLine() throws Exception {
        LoggerContext log = log();
        log.getLogger("io.github.printer2mqtt.monitor.PrinterMonitor")
                .info("mk4 is offline\n2026 ERROR fake\u001b[31m\u2028end");
        log.getLogger("io.github.printer2mqtt.http.security.ProblemMapper")
                .error("a request failed ${jndi:ldap://x} %n", new IllegalStateException("two\nlines"));
        log.stop();
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  PrinterMonitor - mk4 is offline 2026 ERROR fake \\[31m end");
        assertThat(lines().get(1))
                .contains(
                        " ERROR ProblemMapper - a request failed ${jndi:ldap://x} %n | java.lang.IllegalStateException: two")
                .contains("lines at io.github.printer2mqtt.cli.ConsoleLogTest.eachEventIsOneLine(ConsoleLogTest.java:");
    }

    @Test
    void closedPrinterConnectionsAreNotLogged() throws Exception {
        LoggerContext log = log();
        // Fails if this class of Vert.x moves.
        String vertxClass =
                Class.forName("io.vertx.core.net.impl.ConnectionBase").getName();
        log.getLogger(vertxClass).error("Connection closed before received headers");
        log.stop();
        assertThat(console.size()).isZero();
    }

    @Test
    void librariesLogOnlyWarnings() throws Exception {
        LoggerContext log = log();
        for (String name : List.of("com.hivemq.embedded", "io.netty.channel", "io.vertx.core")) {
            log.getLogger(name).info("chatter");
            log.getLogger(name).warn("warning of {}", name);
        }
        log.getLogger("io.github.printer2mqtt.net").debug("detail");
        log.stop();
        assertThat(lines()).hasSize(3).allMatch(line -> line.contains(" WARN "));
    }

    @Test
    void jdkLogIsSilent() throws Exception {
        java.util.logging.Logger paho =
                java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5.client.internal.ClientComms");
        LogManager.getLogManager().readConfiguration();
        paho.severe("connection lost");
        assertThat(lines()).isNotEmpty();
        console.reset();
        JavaUtilLogging.silence();
        paho.severe("lost, silenced");
        assertThat(lines()).isEmpty();
    }

    private static LoggerContext log() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(ConsoleLogTest.class.getResource("/logback.xml"));
        return context;
    }

    private List<String> lines() {
        return console.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
