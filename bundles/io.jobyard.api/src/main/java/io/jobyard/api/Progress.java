// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Progress of a run.
 *
 * @param done units done
 * @param total units in all; 0 if unknown
 * @param text current activity; may be empty
 * @param at when it was reported
 */
public record Progress(long done, long total, String text, Instant at) {}
