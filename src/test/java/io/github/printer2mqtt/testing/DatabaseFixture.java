package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.persistence.sql.Database;
import io.vertx.core.Vertx;

/** A new database, of either product, with its Vert.x. */
public interface DatabaseFixture extends TestResource {
    Vertx vertx();

    Database database();

    /** Closes it and opens it again, as a restart does. */
    Database reopen();

    /** SQL after which the connection that writes cannot. */
    String readOnlySql();
}
