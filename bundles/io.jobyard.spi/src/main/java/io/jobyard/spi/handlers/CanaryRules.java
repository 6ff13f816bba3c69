// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import io.jobyard.api.CanaryStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobTerms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Rules for the canary of a type: handler versions that get a share of its jobs. A hash selects the jobs, so that the result is the same at
 * all times and on all hosts.
 *
 * @param versions the OSGi version range of the canary's handler
 * @param percent share of the jobs, 0 to 100
 * @param by unit of assignment
 * @param minimum number of the canary's runs that must have ended within the window before a decision
 * @param worsePercent maximum excess of the canary's failures over those of the other versions, in percentage points
 * @param window time span in which runs count
 */
public record CanaryRules(String versions, double percent, By by, int minimum, int worsePercent, Duration window) {

    /** Unit that goes to the canary or not as a whole. */
    public enum By {
        /** All jobs of a submitter. */
        SUBMITTER,
        /** All jobs with the same key; a job without a key is separate. */
        KEY,
        /** Each job separately. */
        JOB;

        /** Returns the word in a configuration, for example {@code submitter}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int PARTS = 10_000;
    private static final int PARTS_IN_A_PERCENT = 100;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX = 0xd6e8feb86659fd93L;
    private static final int HALF = 32;
    private static final int BYTE = 0xff;

    /** Returns whether a job goes to the canary. A larger share adds jobs and removes none; other versions select other jobs. */
    public boolean takes(Job job) {
        return Math.floorMod(hash(job.type() + '\n' + versions + '\n' + what(job)), PARTS)
                < Math.round(percent * PARTS_IN_A_PERCENT);
    }

    /**
     * Returns whether a job belongs to the share, by the status of its type's canary. It goes to the canary unless the canary was rolled
     * back.
     */
    public static boolean takes(CanaryStatus canary, Job job) {
        By by = By.valueOf(canary.share().by().toUpperCase(Locale.ROOT));
        return new CanaryRules(canary.share().versions(), canary.share().percent(), by, 1, 0, canary.window())
                .takes(job);
    }

    private String what(Job job) {
        JobTerms terms = job.terms();
        return switch (by) {
            case SUBMITTER -> job.submitter();
            case KEY ->
                terms.identity().key() == null
                        ? job.id().toString()
                        : job.submitter() + '\n' + terms.identity().key();
            case JOB -> job.id().toString();
        };
    }

    /** Returns the FNV-1a hash with additional mixing, because its lower bits alone are not uniform enough. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & BYTE)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> HALF)) * MIX;
        hash = (hash ^ (hash >>> HALF)) * MIX;
        return hash ^ (hash >>> HALF);
    }
}
