// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * A line of a job's log with its place in it.
 *
 * @param number rises with each line of the job; some are left out
 */
public record NumberedLine(int number, LogLine line) {}
