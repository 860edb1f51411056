package io.github.printer2mqtt.http.backup;

import io.github.printer2mqtt.backup.BackupDocument;
import io.github.printer2mqtt.backup.BackupService;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Makes, lists and sends backups, and prepares a restore. */
public record BackupHandlers(BackupService backups, RequestBodies bodies) {
    private static final String NAME = "name";
    private static final String SQLITE = "application/vnd.sqlite3";

    public Future<ApiResponse> list(RoutingContext request) {
        return backups.overview().map(overview -> ApiResponse.json(200, BackupDocument.of(overview)));
    }

    public Future<ApiResponse> create(RoutingContext request) {
        return backups.create().map(backup -> ApiResponse.json(201, BackupDocument.of(backup)));
    }

    /** The file itself. */
    public Future<ApiResponse> download(RoutingContext request) {
        String name = request.pathParam(NAME);
        return backups.find(name)
                .map(file -> ApiResponse.file(SQLITE, file)
                        .withHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
                        .withHeader("Cache-Control", "no-store"));
    }

    public Future<ApiResponse> prepareRestore(RoutingContext request) {
        return bodies.readObject(request, Set.of(RequestBodies.JSON))
                .compose(document -> backups.prepareRestore(name(document)))
                .map(prepared -> ApiResponse.json(202, BackupDocument.of(prepared)));
    }

    public Future<ApiResponse> withdrawRestore(RoutingContext request) {
        return backups.withdrawRestore().map(done -> ApiResponse.empty(204));
    }

    private static String name(JsonObject document) {
        for (String key : document.fieldNames()) {
            if (!key.equals(NAME)) {
                throw Problem.invalidField(key, "unknown field, expected " + NAME);
            }
        }
        if (document.getValue(NAME) instanceof String name) {
            return name;
        }
        throw Problem.invalidField(NAME, "expected the name of a backup");
    }
}
