/**
 * The SQLite file: its pools, its migrations and the one way to run a transaction.
 *
 * <p>Knows the vocabulary, config and observe. The tables belong to the rooms that use them; their definitions are in
 * the migrations here. Start reading at {@code Database}.
 */
@NullMarked
package io.github.printer2mqtt.store;

import org.jspecify.annotations.NullMarked;
