// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.SpecificationReader;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The jobs of a batch: the list of an object, or an object in each line. A line is read again when its job is asked for, so that
 * not all of them are in memory as objects.
 */
final class BatchBody {

    static final String LINES = "application/x-ndjson";
    static final RequestBody FORM =
            RequestBody.of("batch").must("jobs", ValueKind.OBJECTS, "the specification of each");

    private record One(String where, String path, Supplier<Map<String, Object>> object) {}

    private final List<One> jobs = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final SpecificationReader reader;
    private final int most;

    private BatchBody(RestRequest request) {
        reader = new SpecificationReader(request.status(), request.host().clock);
        most = request.host().sizes.maxBatchJobs();
    }

    static BatchBody read(RestRequest request) throws IOException {
        BatchBody batch = new BatchBody(request);
        int bytes = BodyText.ofBatch(request.host().sizes);
        if (BodyText.mediaType(request.http()).equals(LINES)) {
            batch.lines(BodyText.read(request.http(), LINES, bytes));
        } else {
            String text = BodyText.read(request.http(), "application/json", bytes);
            batch.list(FORM.checked(JsonReader.object("the body", text)));
        }
        if (batch.jobs.isEmpty()) {
            throw new ValidationException("the body holds no jobs; give one at least");
        }
        return batch;
    }

    private void lines(String text) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String where = "line " + ++number;
            if (!line.isBlank()) {
                add(where, "", JsonReader.line(where, line), () -> JsonReader.line(where, line));
            }
        }
    }

    private void list(Map<String, Object> body) {
        int number = 0;
        for (Object each : (List<?>) Objects.requireNonNull(body.get("jobs"))) {
            @SuppressWarnings("unchecked")
            Map<String, Object> object = (Map<String, Object>) each;
            add("job " + ++number, "jobs", object, () -> object);
        }
    }

    private void add(String where, String list, Map<String, Object> now, Supplier<Map<String, Object>> again) {
        if (jobs.size() == most) {
            throw new ValidationException("the body has more than " + most
                    + " jobs, which is max.batch.jobs: submit it in parts, or raise it in io.jobyard.scheduler");
        }
        if (now.get("name") instanceof String name) {
            names.add(name);
        }
        jobs.add(new One(where, FieldProblem.path(list, jobs.size()), again));
    }

    /** Each as it was sent. */
    Iterable<Map<String, Object>> objects() {
        return () -> jobs.stream().map(one -> one.object().get()).iterator();
    }

    /** Has them submitted; a fault in one says which. */
    List<Submission> submit(UnservedTypes unserved, Function<List<JobSpecification>, List<Submission>> submit) {
        try {
            return submit.apply(specifications(unserved));
        } catch (ValidationException e) {
            if (e.getCause() instanceof ValidationException fault) {
                One one = jobs.get(e.index());
                throw fault.in(one.path()).told(one.where());
            }
            throw jobs.size() == 1 && !isPlaced(e) ? e.in(jobs.get(0).path()) : e;
        }
    }

    /** A job that cannot be read says where it stands; one alone that is refused does not. */
    private boolean isPlaced(ValidationException fault) {
        String path = jobs.get(0).path();
        return fault.problems().stream().anyMatch(problem -> problem.field().startsWith(path));
    }

    private List<JobSpecification> specifications(UnservedTypes unserved) {
        return new AbstractList<>() {
            @Override
            public JobSpecification get(int index) {
                One one = jobs.get(index);
                return unserved.seen(RestBody.in(
                        one.path(), () -> reader.read(one.where(), one.object().get(), names)));
            }

            @Override
            public int size() {
                return jobs.size();
            }
        };
    }
}
