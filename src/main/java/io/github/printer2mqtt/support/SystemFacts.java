package io.github.printer2mqtt.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;

/** The machine and the JVM: no user names, no host name, and of the environment only the names of this program's variables. */
public final class SystemFacts {
    private static final String VARIABLES = "PRINTER2MQTT_";

    private SystemFacts() {}

    /**
     * @param version of the bridge
     * @param variables names of all environment variables
     */
    public static JsonObject document(String version, Set<String> variables) {
        Runtime runtime = Runtime.getRuntime();
        RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
        JsonArray options = new JsonArray();
        // Other options may hold a secret, for example -Djavax.net.ssl.keyStorePassword.
        jvm.getInputArguments().stream()
                .filter(option -> option.matches("-X[A-Za-z0-9:+=_-]*"))
                .forEach(options::add);
        JsonArray own = new JsonArray();
        new TreeSet<>(variables)
                .stream().filter(name -> name.startsWith(VARIABLES)).forEach(own::add);
        return new JsonObject()
                .put("version", version)
                .put("uptime_seconds", Duration.ofMillis(jvm.getUptime()).toSeconds())
                .put(
                        "java",
                        new JsonObject()
                                .put("version", System.getProperty("java.version"))
                                .put("vendor", System.getProperty("java.vendor"))
                                .put("vm", System.getProperty("java.vm.name"))
                                .put("options", options))
                .put(
                        "system",
                        new JsonObject()
                                .put("name", System.getProperty("os.name"))
                                .put("version", System.getProperty("os.version"))
                                .put("architecture", System.getProperty("os.arch"))
                                .put("processors", runtime.availableProcessors())
                                .put("time_zone", ZoneId.systemDefault().getId())
                                .put("charset", Charset.defaultCharset().name()))
                .put(
                        "heap_bytes",
                        new JsonObject()
                                .put("used", runtime.totalMemory() - runtime.freeMemory())
                                .put("committed", runtime.totalMemory())
                                .put("max", runtime.maxMemory()))
                .put("variables", own);
    }
}
