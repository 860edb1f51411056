package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.text.WireConstant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The entities of one printer, as far as its driver, its hardware and the commands allowed over MQTT support them. */
final class PrinterEntities {
    private static final String ATTRIBUTES = "{{ dict(raw_state=value_json.raw_state, message=value_json.message,"
            + " reason=value_json.poll.reason, maintenance=value_json.maintenance) | tojson }}";

    /** Name and icon of a button. */
    private record Label(String name, String icon) {}

    private static final Map<Verb, Label> BUTTONS = Map.of(
            Verb.PAUSE, new Label("Pause print", "mdi:pause"),
            Verb.RESUME, new Label("Resume print", "mdi:play"),
            Verb.CANCEL, new Label("Cancel print", "mdi:stop"),
            Verb.HOME, new Label("Home all axes", "mdi:home-import-outline"),
            Verb.EMERGENCY_STOP, new Label("Emergency stop", "mdi:alert-octagon"),
            Verb.CLEAR_PLATE, new Label("Clear plate", "mdi:tray-remove"));

    /** Irreversible buttons are disabled by default. */
    private static final Set<Verb> IRREVERSIBLE = EnumSet.of(Verb.CANCEL, Verb.EMERGENCY_STOP);

    /** The component id of the plate's sensor. */
    static final String PLATE = "plate";

    private PrinterEntities() {}

    /** @param verbs commands allowed over MQTT */
    static List<Component> of(PrinterFacts facts, Topics topics, Set<Verb> verbs) {
        PrinterId printer = facts.printer().id();
        List<Component> all = new ArrayList<>();
        all.addAll(status(topics, printer));
        all.add(plate(topics));
        all.addAll(job(facts.telemetry()));
        Set<Verb> both = EnumSet.allOf(Verb.class);
        both.removeIf(verb -> !verb.isSupportedBy(facts.capabilities()));
        both.retainAll(verbs);
        all.addAll(heaters(facts.hardware(), both, topics, printer));
        all.addAll(percentages(facts.telemetry()));
        all.addAll(details(facts.telemetry(), both, topics, printer));
        all.addAll(buttons(both, topics, printer));
        all.addAll(diagnostics());
        return all;
    }

    /** Prefix of the component ids of one of several nozzles. */
    static String nozzle(int number) {
        return "nozzle_" + number;
    }

    /** Those that show an unreachable printer are available while the bridge is. */
    private static List<Component> status(Topics topics, PrinterId printer) {
        Topic bridge = topics.bridgeState();
        return List.of(
                Component.sensor("status", "Status", Templates.root("state"))
                        .options(WireConstant.names(List.of(PrinterState.values())))
                        .icon("mdi:printer-3d")
                        .attributes(topics.printerState(printer), ATTRIBUTES)
                        .availableBy(bridge),
                Component.binarySensor(
                                "printing", "Printing", Templates.onIf("value_json.state in ['preparing', 'printing']"))
                        .deviceClass("running"),
                Component.binarySensor(
                                "problem", "Problem", Templates.onIf("value_json.state in ['error', 'attention']"))
                        .deviceClass("problem"),
                Component.binarySensor("connectivity", "Connection", Templates.onIf("value_json.online"))
                        .deviceClass("connectivity")
                        .diagnostic()
                        .availableBy(bridge),
                Component.event(
                                "event",
                                "Event",
                                topics.printerEvent(printer),
                                WireConstant.names(List.of(PrinterEvent.Type.values())))
                        .icon("mdi:printer-3d-nozzle-alert")
                        .availableBy(bridge));
    }

    private static List<Component> job(Set<TelemetryField> telemetry) {
        List<Component> job = new ArrayList<>(List.of(
                Component.sensor("file", "File", Templates.file()).icon("mdi:file-cad"),
                Component.sensor("progress", "Progress", Templates.job("progress"))
                        .unit("%")
                        .measurement()
                        .precision(0)
                        .icon("mdi:progress-clock"),
                Component.sensor("time_remaining", "Time remaining", Templates.job("remaining"))
                        .deviceClass("duration")
                        .unit("s")
                        .measurement()
                        .precision(0),
                Component.sensor("time_elapsed", "Time elapsed", Templates.job("elapsed"))
                        .deviceClass("duration")
                        .unit("s")
                        .measurement()
                        .precision(0)
                        .disabledByDefault(),
                Component.sensor("finish_at", "Finish time", Templates.job("finish_at"))
                        .deviceClass("timestamp")));
        if (telemetry.contains(TelemetryField.LAYERS)) {
            job.add(Component.sensor("layer", "Layer", Templates.job("layer"))
                    .measurement()
                    .precision(0)
                    .icon("mdi:layers"));
            job.add(Component.sensor("layers_total", "Layers", Templates.job("layers"))
                    .precision(0)
                    .icon("mdi:layers-triple"));
        }
        return job;
    }

    /** What lies on the plate is known of a printer that is off, too. */
    private static Component plate(Topics topics) {
        return Component.sensor(PLATE, "Plate", Templates.stateOf("plate"))
                .options(WireConstant.names(List.of(Status.Plate.State.values())))
                .icon("mdi:tray")
                .availableBy(topics.bridgeState());
    }

    private static List<Component> heaters(
            ObservedHardware hardware, Set<Verb> verbs, Topics topics, PrinterId printer) {
        List<Component> heaters = new ArrayList<>();
        heaters.add(temperature("nozzle_temperature", "Nozzle temperature", Templates.heater("nozzle", "actual")));
        heaters.add(
                verbs.contains(Command.Heater.NOZZLE.verb())
                        ? settable(Command.Heater.NOZZLE, "Nozzle target", topics, printer)
                        : temperature("nozzle_target", "Nozzle target", Templates.heater("nozzle", "target")));
        for (int number = 2; number <= hardware.nozzles(); number++) {
            String id = nozzle(number);
            String name = "Nozzle " + number;
            heaters.add(
                    temperature(id + "_temperature", name + " temperature", Templates.nozzle(number - 1, "actual")));
            heaters.add(temperature(id + "_target", name + " target", Templates.nozzle(number - 1, "target")));
        }
        heaters.add(temperature("bed_temperature", "Bed temperature", Templates.heater("bed", "actual")));
        heaters.add(
                verbs.contains(Command.Heater.BED.verb())
                        ? settable(Command.Heater.BED, "Bed target", topics, printer)
                        : temperature("bed_target", "Bed target", Templates.heater("bed", "target")));
        if (hardware.chamber()) {
            heaters.add(
                    temperature("chamber_temperature", "Chamber temperature", Templates.heater("chamber", "actual")));
        }
        if (hardware.chamberTarget()) {
            heaters.add(temperature("chamber_target", "Chamber target", Templates.heater("chamber", "target")));
        }
        return heaters;
    }

    private static Component temperature(String id, String name, String template) {
        return Component.sensor(id, name, template)
                .deviceClass("temperature")
                .unit("°C")
                .measurement()
                .precision(1);
    }

    private static Component settable(Command.Heater heater, String name, Topics topics, PrinterId printer) {
        String word = heater.name().toLowerCase(Locale.ROOT);
        return Component.number(
                        word + "_target",
                        name,
                        Templates.targetUpTo(heater.highest(), word),
                        topics.printerCommand(printer, heater.verb()),
                        heater.highest())
                .deviceClass("temperature")
                .unit("°C")
                .configuration();
    }

    private static List<Component> percentages(Set<TelemetryField> telemetry) {
        List<Component> percentages = new ArrayList<>();
        if (telemetry.contains(TelemetryField.SPEED)) {
            percentages.add(percentage("print_speed", "Print speed", "speed").icon("mdi:speedometer"));
        }
        if (telemetry.contains(TelemetryField.FAN)) {
            percentages.add(percentage("fan_speed", "Fan speed", "fan").icon("mdi:fan"));
        }
        return percentages;
    }

    private static Component percentage(String id, String name, String key) {
        return Component.sensor(id, name, Templates.root(key))
                .unit("%")
                .measurement()
                .precision(0);
    }

    private static List<Component> details(
            Set<TelemetryField> telemetry, Set<Verb> verbs, Topics topics, PrinterId printer) {
        List<Component> details = new ArrayList<>();
        Topic status = topics.printerState(printer);
        if (telemetry.contains(TelemetryField.PROBLEMS)) {
            details.add(Component.sensor("problems", "Problems", Templates.count("problems"))
                    .measurement()
                    .precision(0)
                    .icon("mdi:alert-circle-outline")
                    .attributes(status, Templates.attribute("problems")));
        }
        if (telemetry.contains(TelemetryField.FILAMENTS)) {
            details.add(Component.sensor("filament", "Filament", Templates.activeFilament())
                    .icon("mdi:printer-3d-nozzle")
                    .attributes(status, Templates.attribute("filaments")));
        }
        if (telemetry.contains(TelemetryField.ACTIVE_NOZZLE)) {
            details.add(Component.sensor("active_nozzle", "Active nozzle", Templates.placeOf("active_nozzle"))
                    .precision(0)
                    .icon("mdi:printer-3d-nozzle-outline"));
        }
        if (telemetry.contains(TelemetryField.LIGHT)) {
            details.add(
                    verbs.contains(Verb.LIGHT)
                            ? Component.toggle(
                                            "light",
                                            "Light",
                                            Templates.onIfKnown("light"),
                                            topics.printerCommand(printer, Verb.LIGHT))
                                    .icon("mdi:lightbulb")
                            : Component.binarySensor("light", "Light", Templates.onIfKnown("light"))
                                    .deviceClass("light"));
        }
        if (telemetry.contains(TelemetryField.THUMBNAIL)) {
            details.add(Component.image("thumbnail", "Thumbnail", topics.printerThumbnail(printer)));
        }
        return details;
    }

    private static List<Component> buttons(Set<Verb> verbs, Topics topics, PrinterId printer) {
        List<Component> buttons = new ArrayList<>();
        for (Verb verb : verbs) {
            Label label = BUTTONS.get(verb);
            if (label != null) {
                Component button = Component.button(verb.wireName(), label.name(), topics.printerCommand(printer, verb))
                        .icon(label.icon());
                buttons.add(with(verb, button, topics));
            }
        }
        return buttons;
    }

    private static Component with(Verb verb, Component button, Topics topics) {
        if (verb.capability() == null) {
            // The bridge itself executes it, also for a printer that is off.
            return button.availableBy(topics.bridgeState());
        }
        return IRREVERSIBLE.contains(verb) ? button.disabledByDefault() : button;
    }

    private static List<Component> diagnostics() {
        return List.of(
                Component.sensor("poll_latency", "Poll latency", Templates.root("poll.latency_ms"))
                        .deviceClass("duration")
                        .unit("ms")
                        .measurement()
                        .precision(0)
                        .diagnostic()
                        .disabledByDefault(),
                Component.sensor("last_seen", "Last seen", Templates.root("poll.observed_at"))
                        .deviceClass("timestamp")
                        .diagnostic()
                        .disabledByDefault());
    }
}
