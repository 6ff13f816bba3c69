// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Shapes of jobs that wait for each other. */
enum Graph {
    /** Each waits for the one before. */
    CHAIN {
        @Override
        JobSpecificationBuilder wire(JobSpecificationBuilder job, int at, int count) {
            return at == 0 ? job : job.dependsOn(label(at - 1));
        }
    },
    /** All wait for the first. */
    FAN_OUT {
        @Override
        JobSpecificationBuilder wire(JobSpecificationBuilder job, int at, int count) {
            return at == 0 ? job : job.dependsOn(label(0));
        }
    },
    /** The last waits for all. */
    FAN_IN {
        @Override
        JobSpecificationBuilder wire(JobSpecificationBuilder job, int at, int count) {
            return at < count - 1
                    ? job
                    : job.dependsOn(
                            IntStream.range(0, count - 1).mapToObj(Graph::label).toArray(String[]::new));
        }
    };

    static Graph of(String shape) {
        return valueOf(shape.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    abstract JobSpecificationBuilder wire(JobSpecificationBuilder job, int at, int count);

    List<JobSpecification> specifications(int count, int bytes) {
        List<JobSpecification> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(wire(Payloads.job(bytes).name(label(i)), i, count).build());
        }
        return all;
    }

    private static String label(int at) {
        return "n" + at;
    }
}
