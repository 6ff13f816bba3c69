// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Something about the host that somebody should look at.
 *
 * @param subject what it concerns, such as {@code io.jobyard.worker} or {@code handler}
 * @param problem what is wrong, and since when where that is known
 * @param fix what to do
 */
public record Finding(String subject, String problem, String fix) {}
