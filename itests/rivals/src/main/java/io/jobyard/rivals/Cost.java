// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

/**
 * Costs of a job.
 *
 * @param processMicros processor time of the contender's process
 * @param serverMicros processor time of the database's server
 * @param walBytes size of what the database wrote to its log
 * @param diskBytes growth of the database's files
 */
record Cost(double processMicros, double serverMicros, double walBytes, double diskBytes) {

    private static final double MICROS = 1e6;

    static Cost of(Done done, Usage used) {
        double jobs = Math.max(1, done.jobs());
        return new Cost(
                done.cpuSeconds() * MICROS / jobs,
                used.cpuSeconds() * MICROS / jobs,
                used.walBytes() / jobs,
                used.diskBytes() / jobs);
    }
}
