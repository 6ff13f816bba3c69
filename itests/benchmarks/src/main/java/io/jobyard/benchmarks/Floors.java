// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import io.jobyard.benchmarks.Figure.Turn;
import io.jobyard.benchmarks.floor.Shape;
import java.io.IOException;
import java.util.List;

/**
 * What the database alone takes for jobs.
 *
 * @param hostRows writes the rows that the host writes
 * @param queueRows writes the least that any durable queue writes
 * @param jobsPerCommit how many they take at once
 */
record Floors(FloorProcess hostRows, FloorProcess queueRows, int jobsPerCommit) {

    Round round(int count, int bytes, Shape shape) throws IOException {
        return new Round(
                hostRows.round(count, bytes, shape, jobsPerCommit),
                queueRows.round(count, bytes, shape, jobsPerCommit));
    }

    /** The steps of the same jobs on both. */
    record Round(List<Measured> hostRows, List<Measured> queueRows) {

        /** The host submitted them. */
        Turn besideInsert(Measured host) {
            return beside(host, 0, 1);
        }

        /** The host worked them off. */
        Turn besideRuns(Measured host) {
            return beside(host, 1, hostRows.size());
        }

        /** The host did both. */
        Turn besideAll(Measured host) {
            return beside(host, 0, hostRows.size());
        }

        private Turn beside(Measured host, int from, int to) {
            return new Turn(host, sum(hostRows.subList(from, to)), sum(queueRows.subList(from, to)));
        }

        private static Measured sum(List<Measured> steps) {
            return steps.stream().reduce(Measured::then).orElseThrow();
        }
    }
}
