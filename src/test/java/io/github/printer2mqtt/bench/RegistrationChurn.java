package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.KeepAliveClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Registers, removes and renames printers through the API in a seeded order, and tracks what is registered. Not thread-safe. */
final class RegistrationChurn {
    private final int port;
    private final List<JsonObject> spares;
    private final Random random = new Random(62);
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, Integer> deeds = new LinkedHashMap<>();

    /**
     * @param registered registrations that exist and stay
     * @param spares printers to register and remove
     */
    RegistrationChurn(int port, List<JsonObject> registered, List<JsonObject> spares) {
        this.port = port;
        this.spares = spares;
        registered.forEach(printer -> names.put(printer.getString("id"), printer.getString("name")));
    }

    /** Makes one random change. */
    void act() throws IOException {
        JsonObject spare = spares.get(random.nextInt(spares.size()));
        String id = spare.getString("id");
        if (!names.containsKey(id)) {
            expect(201, "registered", "POST", "/api/printers", spare);
            names.put(id, spare.getString("name"));
        } else if (random.nextInt(3) == 0) {
            expect(204, "removed", "DELETE", "/api/printers/" + id, null);
            names.remove(id);
        } else {
            rename();
        }
    }

    private void rename() throws IOException {
        List<String> ids = new ArrayList<>(names.keySet());
        String id = ids.get(random.nextInt(ids.size()));
        String name = "Renamed " + random.nextInt(1_000_000) + " é";
        expect(200, "renamed", "PATCH", "/api/printers/" + id, new JsonObject().put("name", name));
        names.put(id, name);
    }

    private void expect(int status, String deed, String method, String path, @Nullable JsonObject body)
            throws IOException {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        byte[] bytes = body == null ? new byte[0] : body.encode().getBytes(StandardCharsets.UTF_8);
        try (KeepAliveClient client = KeepAliveClient.connect(port)) {
            KeepAliveClient.Response response = client.send(method, path, type, bytes);
            if (response.status() != status) {
                throw new IllegalStateException(
                        method + " " + path + ": status " + response.status() + ": " + response.text());
            }
        }
        deeds.merge(deed, 1, Integer::sum);
    }

    /** The names of the registered printers by id. */
    Map<String, String> names() {
        return names;
    }

    @Override
    public String toString() {
        return deeds.toString();
    }
}
