package io.github.printer2mqtt.examples;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An example flow as a user imports it.
 *
 * @param name file name
 * @param nodes all nodes
 */
record NodeRedFlow(String name, List<JsonObject> nodes) {
    private static final Path FOLDER = Path.of("examples", "node-red");

    static NodeRedFlow named(String name) {
        try {
            JsonArray nodes = new JsonArray(Files.readString(FOLDER.resolve(name)));
            return new NodeRedFlow(
                    name, nodes.stream().map(JsonObject.class::cast).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All example flows. */
    static Stream<NodeRedFlow> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
            return names.stream().map(NodeRedFlow::named);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flow with its broker on another port of 127.0.0.1, which a user enters after the import. */
    JsonArray withBroker(int port) {
        JsonArray deployed = new JsonArray();
        for (JsonObject node : nodes) {
            JsonObject copy = node.copy();
            if ("mqtt-broker".equals(copy.getString("type"))) {
                copy.put("broker", "127.0.0.1").put("port", String.valueOf(port));
            }
            deployed.add(copy);
        }
        return deployed;
    }

    /** The flow with another value of an environment variable of its tab. */
    NodeRedFlow with(String variable, String value) {
        return new NodeRedFlow(
                name,
                nodes.stream()
                        .map(JsonObject::copy)
                        .peek(node -> node.getJsonArray("env", new JsonArray()).stream()
                                .map(JsonObject.class::cast)
                                .filter(each -> variable.equals(each.getString("name")))
                                .forEach(each -> each.put("value", value)))
                        .toList());
    }

    /** The nodes of a type. */
    List<JsonObject> ofType(String type) {
        return nodes.stream()
                .filter(node -> type.equals(node.getString("type")))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
