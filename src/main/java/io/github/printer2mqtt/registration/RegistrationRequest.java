package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registration as a client sends it, with every field valid by itself. Whether the driver exists and the bridge may
 * connect to the address is checked later.
 *
 * @param id null to derive it from the name
 * @param driver id of a driver, or {@code auto}
 * @param maintenance note of the maintenance; null if it is not in maintenance
 */
public record RegistrationRequest(
        @Nullable PrinterId id,
        String name,
        String driver,
        AddressText address,
        @Nullable String model,
        @Nullable String group,
        List<String> tags,
        boolean enabled,
        @Nullable String maintenance,
        Printer.PollingOverrides polling,
        @Nullable String fingerprint,
        Printer.AlertOverrides alerts,
        @Nullable Set<Verb> mqttCommands,
        Credentials credentials) {
    public static final String AUTO = "auto";

    private static final List<String> NAMES = List.of(
            "id",
            "name",
            "driver",
            "address",
            "credentials",
            "group",
            "tags",
            "model",
            "enabled",
            "maintenance",
            "polling",
            "tls",
            "alerts",
            "commands");
    private static final List<String> POLLING_NAMES = List.of("timeout", "offline_after");
    private static final List<String> TLS_NAMES = List.of("fingerprint");
    private static final String NAME_EXPECTED = "1 to 100 characters";
    private static final String DRIVER_EXPECTED = "the id of a driver, or auto";
    private static final String ADDRESS_EXPECTED = "host, host:port or an http(s) URL";
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(250);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_MODEL_LENGTH = 64;
    private static final int MAX_MAINTENANCE_LENGTH = 200;
    private static final int MAX_TAG_LENGTH = 40;
    private static final int MAX_TAGS = 20;

    /** @throws RegistrationException for every invalid field */
    public static RegistrationRequest parse(JsonObject registration) {
        return parse(registration, Credentials.none());
    }

    /** A request that requires only the address. */
    public static RegistrationRequest parseProbe(JsonObject request) {
        JsonObject filled = new JsonObject().put("name", "probe").put("driver", AUTO);
        request.forEach(field -> {
            if (field.getValue() != null) {
                filled.put(field.getKey(), field.getValue());
            }
        });
        return parse(filled);
    }

    /** Applies a JSON merge patch (RFC 7396) to a registration and its credentials. */
    public static RegistrationRequest patched(Printer before, Credentials credentials, JsonObject patch) {
        Fields fields = Fields.of(patch);
        FieldErrors errors = new FieldErrors();
        requireKnownNames(fields, errors);
        errors.throwIfAny();
        if (fields.has("id") && !before.id().value().equals(patch.getValue("id"))) {
            throw fields.invalid("id", "found another id, expected " + before.id() + "; an id cannot be changed");
        }
        JsonObject open = patch.copy();
        boolean removed = open.containsKey("credentials") && open.getValue("credentials") == null;
        Object given = open.remove("credentials");
        JsonObject merged = MergePatch.apply(RegistrationDocument.of(before), open);
        if (given != null) {
            merged.put("credentials", given);
        }
        return parse(merged, removed ? Credentials.none() : credentials);
    }

    private static RegistrationRequest parse(JsonObject registration, Credentials before) {
        Fields fields = Fields.of(registration);
        FieldErrors errors = new FieldErrors();
        requireKnownNames(fields, errors);
        PrinterId id = errors.read(() -> fields.parsed("id", PrinterId::new));
        String name = errors.read(() -> fields.required("name", fields.line("name", MAX_NAME_LENGTH), NAME_EXPECTED));
        String driver = errors.read(() -> fields.required("driver", fields.text("driver"), DRIVER_EXPECTED));
        AddressText address = errors.read(
                () -> fields.required("address", fields.parsed("address", AddressText::parse), ADDRESS_EXPECTED));
        String model = errors.read(() -> fields.line("model", MAX_MODEL_LENGTH));
        String group = errors.read(() -> fields.parsed("group", RegistrationRequest::group));
        List<String> tags = errors.read(() -> tags(fields));
        Boolean enabled = errors.read(() -> fields.flag("enabled"));
        String maintenance = errors.read(() -> fields.line("maintenance", MAX_MAINTENANCE_LENGTH));
        Printer.PollingOverrides polling = errors.read(() -> polling(fields.object("polling")));
        String fingerprint =
                errors.read(() -> fields.object("tls").parsed("fingerprint", RegistrationRequest::fingerprint));
        Printer.AlertOverrides alerts = errors.read(() -> AlertFields.parse(fields.object("alerts")));
        Set<Verb> commands = errors.read(() -> CommandFields.parse(fields.object("commands")));
        Credentials credentials = errors.read(() -> CredentialFields.merged(before, fields.object("credentials")));
        errors.throwIfAny();
        return new RegistrationRequest(
                id,
                Objects.requireNonNull(name),
                Objects.requireNonNull(driver),
                Objects.requireNonNull(address),
                model,
                group,
                Objects.requireNonNull(tags),
                !Boolean.FALSE.equals(enabled),
                maintenance,
                Objects.requireNonNull(polling),
                fingerprint,
                Objects.requireNonNull(alerts),
                commands,
                Objects.requireNonNull(credentials));
    }

    /**
     * The maintenance after this request. It keeps the time of its beginning while only the note changes.
     *
     * @param before null if there was none
     * @param now by the wall clock
     */
    public Printer.@Nullable Maintenance maintenance(Printer.@Nullable Maintenance before, Instant now) {
        if (maintenance == null) {
            return null;
        }
        Instant since = before == null ? now.truncatedTo(ChronoUnit.MILLIS) : before.since();
        return new Printer.Maintenance(maintenance, since);
    }

    /** The printer to register. */
    public Printer printer(
            PrinterId printerId,
            String driverId,
            PrinterAddress resolved,
            Printer.@Nullable Maintenance maintenanceToStore) {
        return new Printer(
                printerId,
                name,
                driverId,
                resolved,
                model,
                group,
                tags,
                enabled,
                polling,
                fingerprint,
                alerts,
                mqttCommands,
                maintenanceToStore);
    }

    private static void requireKnownNames(Fields fields, FieldErrors errors) {
        errors.check(() -> fields.requireKnownNames(NAMES));
        errors.check(() -> fields.object("polling").requireKnownNames(POLLING_NAMES));
        errors.check(() -> fields.object("tls").requireKnownNames(TLS_NAMES));
        errors.check(() -> fields.object("credentials").requireKnownNames(CredentialFields.NAMES));
    }

    private static Printer.PollingOverrides polling(Fields fields) {
        FieldErrors errors = new FieldErrors();
        Duration timeout = errors.read(() -> fields.duration("timeout", MIN_TIMEOUT, MAX_TIMEOUT));
        Integer offlineAfter = errors.read(() -> fields.integer("offline_after", 1, 100));
        errors.throwIfAny();
        return new Printer.PollingOverrides(timeout, offlineAfter);
    }

    private static List<String> tags(Fields fields) {
        JsonArray list = fields.list("tags");
        if (list == null) {
            return List.of();
        }
        if (list.size() > MAX_TAGS) {
            throw fields.invalid("tags", "found " + list.size() + " tags, expected at most " + MAX_TAGS);
        }
        Set<String> tags = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String tag = list.getValue(i) instanceof String text ? NameNormalizer.normalized(text) : "";
            if (!Fields.isLine(tag) || tag.length() > MAX_TAG_LENGTH || tag.indexOf(';') >= 0) {
                throw fields.invalid(
                        "tags[" + i + "]",
                        "expected a string of 1 to " + MAX_TAG_LENGTH
                                + " characters on one line, at least one of them visible,"
                                + " without control characters and semicolons");
            }
            tags.add(tag);
        }
        return List.copyOf(tags);
    }

    private static String group(String text) {
        if (!PrinterId.isLabel(text)) {
            throw new InvalidValueException(
                    "found " + QuotedText.of(text) + ", expected a DNS label: 1 to 63 characters of a-z,"
                            + " 0-9 and -, starting and ending with a letter or digit");
        }
        return text;
    }

    private static String fingerprint(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.matches("sha256:[0-9a-f]{64}")) {
            throw new InvalidValueException(
                    "found " + QuotedText.of(text) + ", expected sha256: followed by 64 hexadecimal digits");
        }
        return lower;
    }
}
