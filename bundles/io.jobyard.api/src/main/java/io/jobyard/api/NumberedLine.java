// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * A line of a job's log with its number.
 *
 * @param number number of the line; it rises with each line of the job, and some numbers are unused
 */
public record NumberedLine(int number, LogLine line) {}
