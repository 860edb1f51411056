package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration. {@link #defaults()} is the configuration of an empty file.
 *
 * @param http the HTTP API
 * @param mqtt the connection to a broker
 * @param broker the embedded broker, used when {@code mqtt.url} is null
 * @param polling timeouts and intervals
 * @param database where the registered printers and everything else is kept
 * @param cluster the nodes that share that database; null for a bridge that shares it with no other
 * @param secrets the key for the credentials in the database
 * @param backup copies of the database
 * @param commands what clients may request over MQTT
 * @param homeAssistant discovery messages
 * @param security which printer addresses are allowed
 * @param alerts enabled alerts and their thresholds
 * @param notifications where events and alerts are sent
 * @param plate when a print can be taken off the plate
 * @param history how much of the past is kept
 * @param sites other bridges whose printers are shown as well
 * @param log log levels
 * @param settings every key, with where its value comes from
 */
public record BridgeConfig(
        Http http,
        MqttConfig mqtt,
        Broker broker,
        Polling polling,
        DatabaseConfig database,
        @Nullable ClusterConfig cluster,
        Secrets secrets,
        BackupConfig backup,
        CommandsConfig commands,
        HomeAssistant homeAssistant,
        Security security,
        AlertsConfig alerts,
        NotifyConfig notifications,
        Plate plate,
        History history,
        List<SiteConfig> sites,
        LogConfig log,
        List<Setting> settings) {
    public BridgeConfig {
        sites = List.copyOf(sites);
        settings = List.copyOf(settings);
    }

    public static BridgeConfig defaults() {
        return new ConfigAssembler(new Values()).all();
    }

    /** A copy with other ports. */
    public BridgeConfig withPorts(int httpPort, int brokerPort) {
        return with(
                new Http(
                        http.host(),
                        httpPort,
                        http.token(),
                        http.allowedHosts(),
                        http.frameAncestors(),
                        http.pathPrefix(),
                        http.tls(),
                        http.proxy()),
                new Broker(broker.host(), brokerPort, broker.username(), broker.password()),
                database,
                secrets,
                backup,
                security);
    }

    /** A copy for the demo, with another database and with printers on this machine allowed. */
    public BridgeConfig forDemo(DatabaseConfig temporary) {
        return with(
                http,
                broker,
                temporary,
                Secrets.beside(temporary),
                backup.forTemporaryDatabase(),
                new Security(true, security.printerCa(), security.followPrinters(), security.pictureHosts()));
    }

    private BridgeConfig with(
            Http otherHttp,
            Broker otherBroker,
            DatabaseConfig otherDatabase,
            Secrets otherSecrets,
            BackupConfig otherBackup,
            Security otherSecurity) {
        return new BridgeConfig(
                otherHttp,
                mqtt,
                otherBroker,
                polling,
                otherDatabase,
                otherDatabase.server() == null ? null : cluster,
                otherSecrets,
                otherBackup,
                commands,
                homeAssistant,
                otherSecurity,
                alerts,
                notifications,
                plate,
                history,
                sites,
                log,
                settings);
    }

    /**
     * Section {@code broker}: the embedded broker.
     *
     * @param host address to listen on; any but a loopback address requires username and password
     * @param port to listen on
     * @param username that clients must send; null admits everyone
     * @param password that clients must send; null if and only if {@code username} is null
     */
    public record Broker(
            String host,
            int port,
            @Nullable String username,
            @Nullable Secret password) {}

    /**
     * Section {@code home_assistant}.
     *
     * @param discovery form of the discovery messages
     * @param prefix of the discovery topics
     * @param thumbnails whether thumbnails of running prints are published over MQTT and announced
     */
    public record HomeAssistant(Discovery discovery, String prefix, boolean thumbnails) {
        public HomeAssistant(Discovery discovery, String prefix) {
            this(discovery, prefix, false);
        }

        /** Form of the discovery messages. */
        public enum Discovery implements WireConstant {
            /** One message per printer, for Home Assistant 2024.11 and newer. */
            DEVICE,
            /** One message per entity, for older versions and for other programs that read discovery messages. */
            COMPONENT,
            OFF
        }
    }

    /**
     * Section {@code history}.
     *
     * @param jobs prints that ended
     * @param states changes of state
     */
    public record History(Retention jobs, Retention states) {
        /**
         * What is kept; the older limit decides.
         *
         * @param days age of the oldest entry
         * @param rows number of entries
         */
        public record Retention(int days, int rows) {}
    }

    /**
     * Section {@code http}.
     *
     * @param host address to listen on; any but a loopback address needs a token or users
     * @param port to listen on; 0 for any free port
     * @param token of an administrator; null for none
     * @param allowedHosts names that a Host header may contain besides the listening address, for reverse proxies
     * @param frameAncestors sources in a content security policy: pages that may show the web page in a frame
     * @param pathPrefix path below which everything is served as well, without a slash at its end; null for none
     * @param tls null for plain HTTP
     * @param proxy reverse proxies that are believed
     */
    public record Http(
            String host,
            int port,
            @Nullable Secret token,
            List<String> allowedHosts,
            List<String> frameAncestors,
            @Nullable String pathPrefix,
            @Nullable Tls tls,
            ProxyConfig proxy) {
        /** Plain HTTP at the root, without a proxy that is believed. */
        public Http(
                String host, int port, @Nullable Secret token, List<String> allowedHosts, List<String> frameAncestors) {
            this(host, port, token, allowedHosts, frameAncestors, null, null, ProxyConfig.none());
        }

        public Http {
            allowedHosts = List.copyOf(allowedHosts);
            frameAncestors = List.copyOf(frameAncestors);
        }

        /** Whether other machines cannot connect. A name other than localhost is not resolved and counts as reachable. */
        public boolean listensOnLoopback() {
            InetAddress address = IpLiteral.parse(host);
            return address == null ? host.equals("localhost") : address.isLoopbackAddress();
        }

        /** The scheme of its URLs. */
        public String scheme() {
            return tls == null ? "http" : "https";
        }

        /**
         * Sub-section {@code http.tls}.
         *
         * @param certificate PEM file with the certificate and its chain
         * @param key PEM file with its private key
         * @param keyPassword of that file; null if it is not encrypted
         */
        public record Tls(
                String certificate, String key, @Nullable Secret keyPassword) {}
    }

    /**
     * Section {@code plate}.
     *
     * @param readyBelow bed temperature in degrees Celsius up to which an ended print can be taken off
     * @param assumeColdAfter time without a bed temperature after which the bed counts as cool
     */
    public record Plate(int readyBelow, Duration assumeColdAfter) {}

    /**
     * Section {@code polling}.
     *
     * @param timeout of one poll, including the connection setup
     * @param offlineAfter number of failed polls in a row after which a printer is offline
     * @param interval between polls
     */
    public record Polling(Duration timeout, int offlineAfter, Interval interval) {
        /**
         * Sub-section {@code polling.interval}, each at least 250 ms.
         *
         * @param printing while printing
         * @param preparing while preparing, busy, in need of attention or unknown
         * @param paused while paused
         * @param idle while idle, finished, cancelled or in error
         * @param offline first interval of the back-off
         * @param offlineMax longest interval of the back-off
         */
        public record Interval(
                Duration printing,
                Duration preparing,
                Duration paused,
                Duration idle,
                Duration offline,
                Duration offlineMax) {}
    }

    /**
     * Section {@code secrets}: the key for the credentials in the database.
     *
     * @param key 64 hexadecimal digits; null to use the file
     * @param keyFile file with the key, unless {@code key} is set; created if it is missing
     */
    public record Secrets(@Nullable Secret key, String keyFile) {
        /** A file beside the database. */
        static Secrets beside(DatabaseConfig database) {
            return new Secrets(null, database.path() + ".key");
        }
    }

    /**
     * Section {@code security}.
     *
     * @param allowLoopbackPrinters whether printers on this machine may be registered
     * @param printerCa PEM file with further authorities for printers; null for none
     * @param followPrinters whether the address of a registered printer follows the printer
     * @param pictureHosts from which pictures may be fetched too, besides each printer's own
     */
    public record Security(
            boolean allowLoopbackPrinters,
            @Nullable String printerCa,
            Follow followPrinters,
            List<String> pictureHosts) {
        public Security {
            pictureHosts = List.copyOf(pictureHosts);
        }

        /** When the bridge may give a registration the new address of its printer. */
        public enum Follow implements WireConstant {
            NEVER,
            /** When a search that a user started finds it. */
            SEARCH,
            /** Also when the bridge itself listens for printers that are offline. */
            OFFLINE
        }
    }
}
