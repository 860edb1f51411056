/** What every request passes: limits for slow and greedy clients, allowed hosts, the token. */
@NullMarked
package io.github.printer2mqtt.http.security;

import org.jspecify.annotations.NullMarked;
