// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The canary of a type: versions of its handler that are tried with a share of its jobs.
 *
 * @param rolledBackAt since when no job goes there any more because too many failed; null while jobs go there
 * @param since since when runs count below
 * @param window how far back runs count
 * @param canary how its runs ended
 * @param others how the runs of all other versions ended
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
     * Which jobs go where.
     *
     * @param versions the range of versions
     * @param percent which share of the jobs goes there
     * @param by what goes there or not as a whole: {@code submitter}, {@code key} or {@code job}
     */
    public record CanaryShare(String versions, double percent, String by) {}

    /**
     * How runs ended.
     *
     * @param ended how many completed or failed
     * @param failed how many of them failed, also those of jobs that were tried again
     */
    public record Runs(long ended, long failed) {

        /**
         * The share that failed.
         *
         * @return in percent, 0 to 100; 0 if none have ended
         */
        public double failedPercent() {
            return ended == 0 ? 0 : 100.0 * failed / ended;
        }
    }
}
