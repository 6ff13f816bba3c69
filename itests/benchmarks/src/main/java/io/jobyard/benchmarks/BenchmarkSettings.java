// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.nio.file.Path;

/**
 * What a run is told.
 *
 * @param program the built host
 * @param jar this program, which is also the bundle that puts load on
 * @param directory for embedded databases and results
 * @param database where hosts and floors keep their tables
 * @param jobsPerCommit how many the floors take at once
 * @param quick a tenth of the jobs, one round
 * @param profile records the host
 */
record BenchmarkSettings(
        Path program, Path jar, Path directory, Database database, int jobsPerCommit, boolean quick, boolean profile) {

    /** The same on another database. */
    BenchmarkSettings on(Database other) {
        return new BenchmarkSettings(program, jar, directory, other, jobsPerCommit, quick, profile);
    }
}
