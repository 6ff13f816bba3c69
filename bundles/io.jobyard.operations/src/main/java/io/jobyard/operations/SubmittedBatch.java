// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.PlacedList;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.views.api.SpecificationReader;
import java.util.AbstractList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Jobs of a batch. Each specification is read from its object on demand, so that memory never holds all of them. */
final class SubmittedBatch {

    private final List<Map<String, Object>> objects;
    private final SpecificationReader reader;
    private final Set<String> names = new HashSet<>();

    SubmittedBatch(List<Map<String, Object>> objects, SpecificationReader reader, int most) {
        this.objects = objects;
        this.reader = reader;
        if (objects.isEmpty()) {
            throw new ValidationException("jobs", "missing jobs: the batch is empty; give at least one job");
        } else if (objects.size() > most) {
            throw new ValidationException(
                    "jobs",
                    "the batch has more than " + most
                            + " jobs, the value of max.batch.jobs: submit it in parts, or raise max.batch.jobs in io.jobyard.scheduler");
        }
        for (Map<String, Object> each : objects) {
            if (each.get("name") instanceof String name) {
                names.add(name);
            }
        }
    }

    List<Map<String, Object>> objects() {
        return objects;
    }

    /** Submits the jobs. An error names its job. */
    List<Submission> submit(UnservedTypes unserved, Function<List<JobSpecification>, List<Submission>> submit) {
        try {
            return submit.apply(specifications(unserved));
        } catch (ValidationException e) {
            if (e.getCause() instanceof ValidationException fault) {
                throw fault.in(path(e.index())).told(where(e.index()));
            }
            throw objects.size() == 1 && !isPlaced(e) ? e.in(path(0)) : e;
        }
    }

    private String path(int index) {
        return FieldProblem.path("jobs", index);
    }

    private String where(int index) {
        return objects instanceof PlacedList placed ? placed.place(index) : "job " + (index + 1);
    }

    /** Returns whether an error already names its position: read errors do, but a refusal of a single job does not. */
    private boolean isPlaced(ValidationException fault) {
        return fault.problems().stream().anyMatch(problem -> problem.field().startsWith(path(0)));
    }

    private List<JobSpecification> specifications(UnservedTypes unserved) {
        return new AbstractList<>() {
            @Override
            public JobSpecification get(int index) {
                return unserved.seen(
                        Inputs.in(path(index), () -> reader.read(where(index), objects.get(index), names)));
            }

            @Override
            public int size() {
                return objects.size();
            }
        };
    }
}
