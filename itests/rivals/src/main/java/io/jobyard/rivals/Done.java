// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jobyard.benchmarks.Measured;

/**
 * Result of a command.
 *
 * @param jobs number of jobs that were done before the command ended or its time was over
 * @param cpuSeconds processor time of the process, with compiler and collector; 0 if it was not measured
 * @param p50 median from the return of submit to the first line of the handler, in milliseconds; 0 for other commands
 * @param p99 99th percentile of the same
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Done(long jobs, double seconds, double cpuSeconds, double p50, double p99) {

    static Done of(Measured measured, long jobs) {
        return new Done(jobs, measured.seconds(), measured.cpuSeconds(), 0, 0);
    }

    double rate() {
        return jobs / seconds;
    }
}
