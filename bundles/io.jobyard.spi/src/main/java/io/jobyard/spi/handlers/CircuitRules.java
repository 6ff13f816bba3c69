// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.time.Duration;

/**
 * When the jobs of a type are held because too many of their attempts fail.
 *
 * @param failuresPercent at which part of the attempts within the window that failed nothing starts any more
 * @param minimum how many attempts must have ended within the window for that
 * @param window how far back attempts count
 * @param pause how long nothing starts; then some are tried
 * @param probes how many are tried at once, and must complete in a row to let all start again
 */
public record CircuitRules(int failuresPercent, int minimum, Duration window, Duration pause, int probes) {}
