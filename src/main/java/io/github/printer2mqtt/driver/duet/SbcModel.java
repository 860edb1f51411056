package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The object model as DuetSoftwareFramework sends it over its web socket: in full at first, then what has changed. Only the
 * keys that are read are kept. Belongs to the session's event loop.
 *
 * <p>A change of an object has the members that differ, and null for those that are gone. An array of objects has one element
 * for each of the new array, without members if the element is the same; other arrays come whole. Messages are new ones, and
 * an empty array says that they were cleared. Source: {@code ModelSubscription.cs} of DuetControlServer, recorded changes.
 */
final class SbcModel {
    private static final Set<String> READ = Set.of("boards", "heat", "job", "state", "tools");

    /** Large, not read, and the first of them grows by the elements that are sent. */
    private static final Set<String> UNREAD = Set.of("layers", "thumbnails");

    /** Without a connection to the board, and without power for what it moves and heats. */
    private static final Set<String> WITHOUT_PRINTER = Set.of("disconnected", "off");

    /** Far more than a board with dozens of heaters has; changes must not fill the memory. */
    private static final int MAX_CHARACTERS = 256 * 1024;

    /** Of a number and of what an object or array costs. */
    private static final int CHARACTERS_EACH = 8;

    private Map<String, Object> members = Map.of();
    private @Nullable String errorText;

    private SbcModel() {}

    /**
     * @param whole as parsed
     * @throws PrinterException if what is read of it is too large
     */
    static SbcModel of(Map<String, ?> whole) {
        SbcModel model = new SbcModel();
        model.merge(whole);
        return model;
    }

    /**
     * Takes over a change.
     *
     * @throws PrinterException if the model has become too large
     */
    void merge(Map<String, ?> patch) {
        Map<String, Object> read = new HashMap<>(patch);
        read.keySet().retainAll(READ);
        members = merged(members, read);
        if (characters(members) > MAX_CHARACTERS) {
            throw new PrinterException(FailureReason.TOO_LARGE, "the object model is larger than 256 KiB");
        }
        String newest = SbcServer.errorText(LenientJson.of(patch));
        String known = newest == null ? errorText : newest;
        // The message may come before the state, and is cleared while the error lasts.
        errorText = newest != null || DuetModel.isFaulty(LenientJson.of(members)) ? known : null;
    }

    private static Map<String, Object> merged(Map<?, ?> before, Map<?, ?> patch) {
        Map<String, Object> result = new HashMap<>();
        before.forEach((name, value) -> result.put(String.valueOf(name), value));
        patch.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value == null || UNREAD.contains(name)) {
                result.remove(name);
            } else {
                result.put(name, merged(result.get(name), value));
            }
        });
        return result;
    }

    private static Object merged(@Nullable Object before, Object patch) {
        if (patch instanceof Map<?, ?> changed) {
            return merged(before instanceof Map<?, ?> known ? known : Map.of(), changed);
        }
        return patch instanceof List<?> elements && elements.stream().anyMatch(Map.class::isInstance)
                ? mergedElements(before instanceof List<?> known ? known : List.of(), elements)
                : patch;
    }

    @SuppressWarnings("NullAway") // an element may be null: a tool that was removed
    private static List<Object> mergedElements(List<?> before, List<?> patch) {
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < patch.size(); i++) {
            Object element = patch.get(i);
            result.add(element == null ? null : merged(i < before.size() ? before.get(i) : null, element));
        }
        return result;
    }

    private static int characters(@Nullable Object value) {
        int sum = CHARACTERS_EACH;
        if (value instanceof String text) {
            sum += text.length();
        } else if (value instanceof List<?> elements) {
            for (Object element : elements) {
                sum += characters(element);
            }
        } else if (value instanceof Map<?, ?> object) {
            for (Map.Entry<?, ?> member : object.entrySet()) {
                sum += String.valueOf(member.getKey()).length() + characters(member.getValue());
            }
        }
        return sum;
    }

    /** Whether there is a status, and a printer behind it. */
    boolean hasPrinter() {
        String status = LenientJson.of(members).text("state", "status");
        return status != null && !WITHOUT_PRINTER.contains(status);
    }

    /** The newest state of the model, which later changes do not affect. */
    DuetModel model() {
        return DuetModel.ofWhole(LenientJson.of(members), errorText);
    }
}
