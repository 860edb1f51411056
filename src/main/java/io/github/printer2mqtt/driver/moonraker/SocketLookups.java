package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Over the web socket, which stays open if there is no answer.
 *
 * @param limit for each
 */
record SocketLookups(JsonRpc rpc, Duration limit) implements Lookups {
    @Override
    public Future<Optional<LenientJson>> metadata(String file) {
        return call(
                "server.files.metadata", new JsonObject().put("filename", file).encode());
    }

    @Override
    public Future<Optional<LenientJson>> history() {
        return call("server.history.list", "{\"limit\":1}");
    }

    private Future<Optional<LenientJson>> call(String method, String params) {
        if (limit.toMillis() < 1) {
            return Future.succeededFuture(Optional.empty());
        }
        return rpc.call(method, params)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .map(response -> Optional.of(response.at("result")).filter(LenientJson::isObject))
                .otherwise(Optional.empty());
    }
}
