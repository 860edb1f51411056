/** What the server of the API listens with: its certificate while it runs, and the answers of a node that stands by. */
@NullMarked
package io.github.printer2mqtt.http.listen;

import org.jspecify.annotations.NullMarked;
