/**
 * Who may use the API: users with roles, sessions, tokens with scopes, the first administrator, and the record of changes.
 * Everything that a request needs is in memory and loaded at the start, so no request waits for the database; every change is
 * stored first (docs/decisions/087-access-is-decided-in-memory.md).
 */
@NullMarked
package io.github.printer2mqtt.access;

import org.jspecify.annotations.NullMarked;
