package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The documents of backups. Pure. */
public final class BackupDocument {
    private BackupDocument() {}

    public static JsonObject of(Backup backup) {
        return new JsonObject()
                .put("name", backup.name())
                .put("kind", backup.kind().wireName())
                .put("created_at", Json.text(backup.createdAt()))
                .put("size", backup.size());
    }

    public static JsonObject of(BackupService.Overview overview) {
        JsonArray all = new JsonArray();
        overview.backups().forEach(backup -> all.add(of(backup)));
        return new JsonObject().put("backups", all).put("restore_prepared", overview.isRestorePrepared());
    }

    public static JsonObject of(BackupService.PreparedRestore prepared) {
        return of(prepared.backup())
                .put("schema_version", prepared.schemaVersion())
                .put("restart_needed", true);
    }
}
