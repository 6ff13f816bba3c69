// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.SizeLimits;
import java.time.Clock;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a file of jobs, one JSON object a line. */
final class Batch {

    /** One of the file, as it stands there: what it says takes many times the memory once it is read. */
    private record Line(String where, String text) {}

    private final StatusReporter status;
    private final SizeLimits limits;
    private final Clock clock;

    Batch(StatusReporter status, SizeLimits limits, Clock clock) {
        this.status = status;
        this.limits = limits;
        this.clock = clock;
    }

    /** Reads the lines, each by itself, and the names in them. */
    private List<Line> read(String file, Screen screen, Set<Object> names) {
        String name = Inputs.name(file);
        int most = limits.maxBatchJobs();
        List<Line> lines = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        Inputs.lines(file, screen, new Inputs.Limit(limits.maxBatchBytes(), "max.batch.bytes"), text -> {
            String where = "line " + number.incrementAndGet() + " of " + name;
            if (text.isBlank()) {
                return;
            }
            if (lines.size() == most) {
                throw new ValidationException(name + " has more than " + most + " jobs, which is max.batch.jobs: submit"
                        + " it in parts, or raise it in io.jobyard.scheduler");
            }
            Object given = JsonReader.line(where, text).get("name");
            if (given != null) {
                names.add(given);
            }
            lines.add(new Line(where, text));
        });
        if (lines.isEmpty()) {
            throw new ValidationException(
                    name + " holds no jobs; write one JSON object a line: {\"type\": \"echo\"," + " \"payload\": {}}");
        }
        return lines;
    }

    /** Submits them; a fault in one names its line. */
    List<JobId> submit(JobManager manager, SubmitOptions options, Screen screen, Unserved unserved) {
        refuseOthers(options);
        Set<Object> names = new HashSet<>();
        List<Line> lines = read(String.valueOf(options.batch), screen, names);
        try {
            return manager.submitAll(specifications(lines, names, unserved)).stream()
                    .map(Submission::id)
                    .toList();
        } catch (ValidationException e) {
            if (e.getCause() instanceof ValidationException fault) {
                throw new ValidationException(lines.get(e.index()).where() + ": " + fault.getMessage());
            }
            throw e;
        }
    }

    /** Each is made when it is asked for, so that they are not all in memory. */
    private List<JobSpecification> specifications(List<Line> lines, Set<Object> names, Unserved unserved) {
        return new AbstractList<>() {
            @Override
            public JobSpecification get(int index) {
                String where = lines.get(index).where();
                Map<String, Object> line =
                        JsonReader.line(where, lines.get(index).text());
                return unserved.seen(new BatchLine(where, line, names, status, clock).read());
            }

            @Override
            public int size() {
                return lines.size();
            }
        };
    }

    private static void refuseOthers(SubmitOptions options) {
        if (options.type != null || options.file != null || options.times != null || !options.depends.isEmpty()) {
            throw new UsageException("--batch takes the jobs from the file's lines; leave TYPE, JSON, --file, --times"
                    + " and --depends out");
        }
        boolean more = options.priority != null
                || options.queue != null
                || options.ifDependencyFails != null
                || options.timeout != null
                || options.retries != null
                || options.after != null
                || options.expires != null
                || options.key != null
                || !options.labels.isEmpty()
                || options.handlerVersion != null;
        if (more) {
            throw new UsageException("--batch takes each job's options from its line, such as {\"priority\": 2}; only"
                    + " --as, --await and --json go with it");
        }
    }
}
