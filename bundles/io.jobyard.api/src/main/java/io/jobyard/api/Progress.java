// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * How far a run says it is.
 *
 * @param done units done
 * @param total units in all; 0 if unknown
 * @param text what it is at; may be empty
 * @param at when it said so
 */
public record Progress(long done, long total, String text, Instant at) {}
