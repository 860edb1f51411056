package io.github.printer2mqtt.mqtt.topic;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.text.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds and parses every topic of docs/reference/mqtt.md below one base topic; no other class knows their structure.
 * Immutable; safe for every thread.
 *
 * @param base one level or more, without slash at either end
 */
public record Topics(String base) {
    private static final String BRIDGE = "/bridge/";
    private static final String PRINTERS = "/printers/";
    private static final String GROUPS = "/groups/";
    private static final String REQUEST = "request/";
    private static final String RESPONSE = "response/";
    private static final String COMMAND = "/command/";

    public Topic bridgeState() {
        return retained(BRIDGE + "state", 1, TopicKind.BRIDGE_STATE);
    }

    public Topic bridgeInfo() {
        return retained(BRIDGE + "info", 1, TopicKind.BRIDGE_INFO);
    }

    public Topic bridgePrinters() {
        return retained(BRIDGE + "printers", 1, TopicKind.BRIDGE_PRINTERS);
    }

    public Topic bridgeHealth() {
        return retained(BRIDGE + "health", 1, TopicKind.BRIDGE_HEALTH);
    }

    public Topic bridgeEvent() {
        return nonRetained(BRIDGE + "event", 1, TopicKind.BRIDGE_EVENT);
    }

    public Topic bridgeLog() {
        return nonRetained(BRIDGE + "log", 0, TopicKind.BRIDGE_LOG);
    }

    public Topic bridgeResponse(String verb) {
        return nonRetained(BRIDGE + RESPONSE + verb, 1, TopicKind.RESPONSE);
    }

    public Topic printerState(PrinterId printer) {
        return retained(PRINTERS + printer + "/state", 1, TopicKind.PRINTER_STATE);
    }

    public Topic printerAvailability(PrinterId printer) {
        return retained(PRINTERS + printer + "/availability", 1, TopicKind.PRINTER_AVAILABILITY);
    }

    public Topic printerEvent(PrinterId printer) {
        return nonRetained(PRINTERS + printer + "/event", 1, TopicKind.PRINTER_EVENT);
    }

    public Topic printerRaw(PrinterId printer) {
        return nonRetained(PRINTERS + printer + "/raw", 0, TopicKind.PRINTER_RAW);
    }

    public Topic printerAlert(PrinterId printer, String code) {
        return retained(PRINTERS + printer + "/alert/" + code, 1, TopicKind.PRINTER_ALERT);
    }

    /** @param path levels of keys as in the status, for example {@code job/progress} */
    public Topic printerAttribute(PrinterId printer, String path) {
        return retained(PRINTERS + printer + "/attribute/" + path, 0, TopicKind.PRINTER_ATTRIBUTE);
    }

    /** The payload is a PNG or JPEG file. */
    public Topic printerThumbnail(PrinterId printer) {
        return retained(PRINTERS + printer + "/thumbnail", 0, TopicKind.PRINTER_THUMBNAIL);
    }

    /** The topic on which a printer accepts a command. */
    public String printerCommand(PrinterId printer, Verb verb) {
        return base + PRINTERS + printer + COMMAND + verb.wireName();
    }

    /** The response topic of a command, whether or not its printer exists. */
    public Topic response(CommandTopic command) {
        return nonRetained(PRINTERS + command.printer() + "/" + RESPONSE + command.verb(), 1, TopicKind.RESPONSE);
    }

    public Topic groupState(String group) {
        return retained(GROUPS + group + "/state", 1, TopicKind.GROUP_STATE);
    }

    public Topic fleetState() {
        return retained("/fleet/state", 1, TopicKind.FLEET_STATE);
    }

    /** Matches requests to the bridge, whose verbs may have several levels. */
    public String requestFilter() {
        return base + BRIDGE + REQUEST + "#";
    }

    /** Matches commands to printers. */
    public String commandFilter() {
        return base + PRINTERS + "+" + COMMAND + "+";
    }

    /** Match the statuses, alerts and events of all printers. */
    public List<String> printerFilters() {
        return List.of(base + PRINTERS + "+/state", base + PRINTERS + "+/alert/+", base + PRINTERS + "+/event");
    }

    /** The topic on which the bridge accepts a request. */
    public String bridgeRequest(String verb) {
        return base + BRIDGE + REQUEST + verb;
    }

    /** Match all response topics. */
    public List<String> responseFilters() {
        return List.of(base + BRIDGE + RESPONSE + "#", base + PRINTERS + "+/" + RESPONSE + "#");
    }

    /** Match the retained topics of printers. */
    public List<String> retainedPrinterFilters() {
        return List.of(base + PRINTERS + "+/+", base + PRINTERS + "+/alert/+", base + PRINTERS + "+/attribute/#");
    }

    /**
     * Match our retained topics that change seldom. A client can have a filter only once, so none is among {@link
     * #retainedPrinterFilters()}; none matches a request or command, which would then arrive twice.
     */
    public List<String> seldomChangedFilters() {
        return List.of(
                base + BRIDGE + "+",
                base + PRINTERS + "+/availability",
                base + PRINTERS + "+/alert/#",
                base + GROUPS + "+/state",
                fleetState().text());
    }

    /** Match our retained topics that change often. */
    public List<String> oftenChangedFilters() {
        return List.of(base + PRINTERS + "+/state", base + PRINTERS + "+/attribute/+/#");
    }

    /** The verb of a request to the bridge, with one level or more; null if the topic is no request. */
    public @Nullable String requestVerb(String topic) {
        String prefix = base + BRIDGE + REQUEST;
        return topic.startsWith(prefix) && topic.length() > prefix.length() ? topic.substring(prefix.length()) : null;
    }

    /**
     * A command topic.
     *
     * @param printer not yet validated
     * @param verb not yet validated
     */
    public record CommandTopic(String printer, String verb) {}

    /** The printer and verb of a command; null if the topic is no command. */
    public @Nullable CommandTopic command(String topic) {
        String prefix = base + PRINTERS;
        int end = topic.startsWith(prefix) ? topic.indexOf('/', prefix.length()) : -1;
        if (end <= prefix.length()) {
            return null;
        }
        int verb = end + COMMAND.length();
        boolean isCommand = topic.startsWith(COMMAND, end) && topic.length() > verb && topic.indexOf('/', verb) < 0;
        return isCommand ? new CommandTopic(topic.substring(prefix.length(), end), topic.substring(verb)) : null;
    }

    /** The printer that one of our topics is about; null if it is about none. */
    public @Nullable PrinterId printerOf(String topic) {
        String prefix = base + PRINTERS;
        int end = topic.startsWith(prefix) ? topic.indexOf('/', prefix.length()) : -1;
        if (end < 0) {
            return null;
        }
        try {
            return new PrinterId(topic.substring(prefix.length(), end));
        } catch (InvalidValueException e) {
            return null; // not one of our topics
        }
    }

    /** The levels of a topic below its printer, for example {@code alert/offline}; null if it is about no printer. */
    public @Nullable String belowPrinter(String topic) {
        PrinterId printer = printerOf(topic);
        return printer == null ? null : topic.substring((base + PRINTERS + printer + "/").length());
    }

    /** One of our retained printer topics; null if it is none. */
    @Nullable public Topic parseRetained(String topic) {
        PrinterId printer = printerOf(topic);
        if (printer == null) {
            return null;
        }
        String rest = topic.substring((base + PRINTERS + printer + "/").length());
        if (rest.startsWith("alert/")) {
            return printerAlert(printer, rest.substring("alert/".length()));
        }
        if (rest.startsWith("attribute/")) {
            return printerAttribute(printer, rest.substring("attribute/".length()));
        }
        return switch (rest) {
            case "state" -> printerState(printer);
            case "availability" -> printerAvailability(printer);
            case "thumbnail" -> printerThumbnail(printer);
            default -> null;
        };
    }

    /** A retained topic stored by an earlier run, possibly below another base topic. */
    public Topic ofEarlierRun(String text) {
        Topic known = parseRetained(text);
        return known == null ? new Topic(text, true, 1, TopicKind.FLEET_STATE) : known;
    }

    private Topic retained(String below, int qos, TopicKind kind) {
        return new Topic(base + below, true, qos, kind);
    }

    private Topic nonRetained(String below, int qos, TopicKind kind) {
        return new Topic(base + below, false, qos, kind);
    }
}
