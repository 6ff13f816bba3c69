// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Progress of a run.
 *
 * @param done units done
 * @param total total number of units; 0 if unknown
 * @param text current activity; may be empty
 * @param at time of the report
 */
public record Progress(long done, long total, String text, Instant at) {}
