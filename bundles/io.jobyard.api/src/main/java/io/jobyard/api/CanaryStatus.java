// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Canary of a type: handler versions that get a share of its jobs.
 *
 * @param rolledBackAt time at which too many failures ended the canary; null while it gets jobs
 * @param since time from which runs count
 * @param window time span in which runs count
 * @param canary results of its runs
 * @param others results of the runs of all other versions
 */
public record CanaryStatus(
        String type,
        CanaryShare share,
        @Nullable Instant rolledBackAt,
        Instant since,
        Duration window,
        Runs canary,
        Runs others) {

    /**
     * Assignment of jobs to the canary.
     *
     * @param versions the range of versions
     * @param percent share of the jobs
     * @param by unit of assignment: {@code submitter}, {@code key} or {@code job}
     */
    public record CanaryShare(String versions, double percent, String by) {}

    /**
     * Results of runs.
     *
     * @param ended number of completed and failed runs
     * @param failed number of failed runs, including those of jobs that were retried
     */
    public record Runs(long ended, long failed) {

        /** {@return the share of failed runs in percent, 0 to 100; 0 without finished runs} */
        public double failedPercent() {
            return ended == 0 ? 0 : 100.0 * failed / ended;
        }
    }
}
