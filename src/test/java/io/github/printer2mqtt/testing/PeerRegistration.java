package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonObject;

/** A real printer program on 127.0.0.1 as a user registers it. */
public record PeerRegistration(String id, String name, int port, String apiKey) {
    public JsonObject with(String driver) {
        return with(driver, key(apiKey));
    }

    public JsonObject with(String driver, JsonObject credentials) {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("driver", driver)
                .put("address", "127.0.0.1:" + port)
                .put("credentials", credentials);
    }

    public static JsonObject key(String key) {
        return new JsonObject().put("api_key", key);
    }

    /** Changes the credentials of the registered printer. */
    public void change(HttpApi api, JsonObject credentials) {
        HttpApi.json(api.patch("/api/printers/" + id, new JsonObject().put("credentials", credentials)), 200);
    }
}
