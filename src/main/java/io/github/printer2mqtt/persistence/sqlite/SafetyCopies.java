package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Copies of a database that are made before it is changed for good, and how to go back to them. Calls block. */
public interface SafetyCopies {
    /** For a database that nobody needs. */
    SafetyCopies NONE = new SafetyCopies() {
        @Override
        public void beforeUpgrade(Path database, int from, int to) {}

        @Override
        public @Nullable Path beforeRestore(Path database) {
            return null;
        }

        @Override
        public String wayBack(Path database, int supported) {
            return "restore a copy that this version made";
        }
    };

    /**
     * Called before a database with data is upgraded.
     *
     * @param database its absolute path
     * @param from its schema version
     * @param to the schema version of this program
     * @throws DatabaseException if it cannot be copied; the upgrade does not begin then
     */
    void beforeUpgrade(Path database, int from, int to);

    /**
     * Called before a database is replaced by a restored one.
     *
     * @return the copy; null if none is wanted
     * @throws DatabaseException if it cannot be copied; it is not replaced then, unless it is damaged
     */
    @Nullable Path beforeRestore(Path database);

    /**
     * What a user can do to go on with this program after a newer one has upgraded the database: a part of a sentence that
     * begins with a verb.
     *
     * @param supported the schema version of this program
     */
    String wayBack(Path database, int supported);
}
