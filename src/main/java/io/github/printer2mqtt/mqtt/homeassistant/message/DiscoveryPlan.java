package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.WireConstant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which discovery messages to announce, and on which topics. Immutable and pure; safe for every thread.
 *
 * @param topics of the bridge
 * @param config section {@code homeassistant}
 * @param commands section {@code commands}
 * @param version of this program
 */
public record DiscoveryPlan(Topics topics, BridgeConfig.HomeAssistant config, CommandsConfig commands, String version) {
    private static final Pattern DEVICE_TOPIC = Pattern.compile("(.+)/device/([A-Za-z0-9_-]+)/config", Pattern.DOTALL);
    private static final Pattern ENTITY_TOPIC = Pattern.compile(
            "(.+)/(?:" + String.join("|", WireConstant.names(List.of(Platform.values())))
                    + ")/([A-Za-z0-9_-]+)/[a-z0-9_]+/config",
            Pattern.DOTALL);

    /**
     * In bytes. A message with a longer base topic, which it contains up to 17 times, has no sensors disabled by default and
     * no plate, problems, filaments, active nozzle, light and thumbnail.
     */
    private static final int LONG_BASE_TOPIC = 300;

    /** Whether discovery is on. */
    public boolean isOn() {
        return config.discovery() != Discovery.OFF;
    }

    /** Match the devices that a broker has retained, including those of other programs. */
    public List<String> filters() {
        return List.of(config.prefix() + "/device/+/config", config.prefix() + "/+/+/+/config");
    }

    /**
     * Match the topics of the form in use, including those of other programs. A client can have a filter only once, so
     * none is among {@link #filters()}.
     */
    public List<String> changeFilters() {
        return switch (config.discovery()) {
            case OFF -> List.of();
            case DEVICE -> List.of(config.prefix() + "/device/+/+");
            case COMPONENT -> List.of(config.prefix() + "/+/+/+/+");
        };
    }

    /** The printer that a discovery topic of this bridge announces; null if there is none. */
    public @Nullable PrinterId printerOf(String topic) {
        String device = deviceOf(topic);
        String start = deviceKey(config.prefix(), DeviceId.beforePrinter(topics.base()));
        // The bridge's own device has the same form.
        if (device == null || !device.startsWith(start) || device.equals(bridgeDevice())) {
            return null;
        }
        try {
            return new PrinterId(device.substring(start.length()));
        } catch (InvalidValueException e) {
            return null;
        }
    }

    /** Topic of Home Assistant's birth message: its default, below the prefix. */
    public String birthTopic() {
        return config.prefix() + "/status";
    }

    /**
     * A discovery topic stored by an earlier run, possibly below another prefix or base topic; null if it is none. Only
     * for topics that this bridge has stored: other programs announce devices, too.
     */
    public static @Nullable Topic parseTopic(String text) {
        return deviceOf(text) == null ? null : discovery(text);
    }

    /**
     * The device of a discovery topic in either form; null if it is none.
     *
     * @return the prefix and the device's id, which together are unique
     */
    public static @Nullable String deviceOf(String text) {
        for (Pattern pattern : List.of(DEVICE_TOPIC, ENTITY_TOPIC)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return deviceKey(matcher.group(1), matcher.group(2));
            }
        }
        return null;
    }

    /** The device of a printer, as returned by {@link #deviceOf}. */
    public String device(PrinterId printer) {
        return deviceKey(
                config.prefix(), DeviceId.ofPrinter(topics.base(), printer).text());
    }

    /** The device of the bridge, as returned by {@link #deviceOf}. */
    public String bridgeDevice() {
        return deviceKey(config.prefix(), DeviceId.ofBridge(topics.base()).text());
    }

    private static String deviceKey(String prefix, String id) {
        return prefix + " " + id;
    }

    /** Whether a topic announces a whole device instead of one entity. */
    public static boolean isOfWholeDevice(String text) {
        return DEVICE_TOPIC.matcher(text).matches();
    }

    /** The messages of a printer; none if discovery is off. */
    public List<DiscoveryMessage> messages(PrinterFacts facts) {
        if (!isOn()) {
            return List.of();
        }
        PrinterFacts fitting = fitting(facts);
        return inForm(() -> whole(fitting));
    }

    /** The messages of the bridge; none if discovery is off. */
    public List<DiscoveryMessage> bridgeMessages() {
        return isOn() ? inForm(this::bridge) : List.of();
    }

    private List<DiscoveryMessage> inForm(Supplier<DeviceMessage> device) {
        return config.discovery() == Discovery.COMPONENT
                ? device.get().entities(config.prefix())
                : List.of(LazyDiscoveryMessage.of(device));
    }

    DeviceMessage bridge() {
        DeviceId id = DeviceId.ofBridge(topics.base());
        String name = topics.base().equals("printer2mqtt") ? "printer2mqtt" : "printer2mqtt (" + topics.base() + ")";
        Device device = new Device(id, name, "printer2mqtt", "Bridge", version, null, null);
        return new DeviceMessage(topic(id), device, version, null, List.of(), BridgeEntities.of(topics));
    }

    /** The message of one printer, with as many nozzles as fit: all unless ids are very long. */
    DeviceMessage printer(PrinterFacts facts) {
        return whole(fitting(facts));
    }

    private PrinterFacts fitting(PrinterFacts facts) {
        PrinterFacts published = config.thumbnails() ? facts : facts.withoutThumbnail();
        PrinterFacts fitting = published;
        for (int nozzles = published.hardware().nozzles() - 1;
                nozzles > 0 && whole(fitting).bytes().length >= DeviceMessage.MAX_BYTES;
                nozzles--) {
            fitting = published.with(published.hardware().withNozzles(nozzles));
        }
        return fitting;
    }

    private DeviceMessage whole(PrinterFacts facts) {
        PrinterId printer = facts.printer().id();
        DeviceId id = DeviceId.ofPrinter(topics.base(), printer);
        boolean isLong = topics.base().getBytes(StandardCharsets.UTF_8).length > LONG_BASE_TOPIC;
        List<Component> components = PrinterEntities.of(
                isLong ? facts.withoutDetails() : facts, topics, facts.printer().mqttCommands(commands.mqtt()));
        if (isLong) {
            components = components.stream()
                    .filter(component ->
                            !component.isDispensable() && !component.id().equals(PrinterEntities.PLATE))
                    .toList();
        }
        Device device = new Device(
                id,
                deviceName(facts.printer().name(), components),
                null,
                facts.model(),
                null,
                facts.printer().address().toString(),
                DeviceId.ofBridge(topics.base()));
        return new DeviceMessage(
                topic(id),
                device,
                version,
                topics.printerState(printer),
                List.of(topics.bridgeState(), topics.printerAvailability(printer)),
                components);
    }

    /** Home Assistant warns about an entity whose name starts with its device's, and a printer may be called "Bed". */
    private static String deviceName(String name, List<Component> components) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean repeats = components.stream()
                .anyMatch(component -> component.name().toLowerCase(Locale.ROOT).startsWith(lower));
        return repeats ? name + " (printer)" : name;
    }

    private Topic topic(DeviceId device) {
        return discovery(config.prefix() + "/device/" + device.text() + "/config");
    }

    private static Topic discovery(String text) {
        return new Topic(text, true, 1, TopicKind.DISCOVERY);
    }

    /**
     * One message on the way from what was announced to what is wanted. The next step may follow when the broker has
     * acknowledged this one: if a newer value overtook it, Home Assistant would keep the entities that it removes.
     *
     * @param payload to be retained; empty to remove the device
     * @param after what Home Assistant knows once it is acknowledged
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Step(byte[] payload, KnownComponents after) {
        /**
         * The steps in order. Entities that vanish or change their platform are first announced with nothing but their
         * old platform, which is how Home Assistant removes them, and then left out.
         *
         * @param announced the entities announced earlier on the topic
         * @param wanted null to remove the device
         */
        public static List<Step> between(KnownComponents announced, @Nullable DiscoveryMessage wanted) {
            if (wanted == null) {
                return List.of(new Step(new byte[0], KnownComponents.none()));
            }
            KnownComponents goal = wanted.known();
            Step last = new Step(wanted.bytes(), goal);
            Map<String, Platform> removed = announced.missingIn(goal);
            return removed.isEmpty()
                    ? List.of(last)
                    : List.of(new Step(wanted.bytesRemoving(removed), goal.without(removed)), last);
        }
    }
}
