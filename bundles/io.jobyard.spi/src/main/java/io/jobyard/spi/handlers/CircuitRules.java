// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.time.Duration;

/**
 * Rules for blocking the jobs of a type because too many of their attempts fail.
 *
 * @param failuresPercent percentage of failed attempts within the window at which starts are blocked
 * @param minimum number of attempts that must have ended within the window before that
 * @param window time span in which attempts count
 * @param pause duration of the block; then probes start
 * @param probes number of simultaneous probes, which must complete in a row to unblock the type
 */
public record CircuitRules(int failuresPercent, int minimum, Duration window, Duration pause, int probes) {}
