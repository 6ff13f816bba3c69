// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a file of jobs, one JSON object a line. */
final class Batch {

    private static final int MAX_BYTES = 4 * Inputs.MAX_BYTES;

    private final StatusReporter status;
    private final Clock clock;

    Batch(StatusReporter status, Clock clock) {
        this.status = status;
        this.clock = clock;
    }

    private Map<String, JobSpecification> read(SubmitOptions options, Screen screen) {
        refuseOthers(options);
        String file = String.valueOf(options.batch);
        String name = Inputs.name(file);
        Map<String, Map<String, Object>> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : Inputs.read(file, screen, MAX_BYTES).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                String where = "line " + number + " of " + name;
                lines.put(where, JsonReader.line(where, line));
            }
        }
        if (lines.isEmpty()) {
            throw new ValidationException(
                    name + " holds no jobs; write one JSON object a line: {\"type\": \"echo\"," + " \"payload\": {}}");
        }
        Set<Object> names = lines.values().stream()
                .map(line -> line.get("name"))
                .filter(value -> value != null)
                .collect(Collectors.toSet());
        Map<String, JobSpecification> all = new LinkedHashMap<>();
        lines.forEach((where, line) -> all.put(where, new BatchLine(where, line, names, status, clock).read()));
        return all;
    }

    /** Submits them; a fault in one names its line. */
    List<JobId> submit(JobManager manager, SubmitOptions options, Screen screen) {
        Map<String, JobSpecification> all = read(options, screen);
        try {
            return manager.submitAll(List.copyOf(all.values())).stream()
                    .map(Submission::id)
                    .toList();
        } catch (ValidationException e) {
            if (e.getCause() instanceof ValidationException fault) {
                throw new ValidationException(List.copyOf(all.keySet()).get(e.index()) + ": " + fault.getMessage());
            }
            throw e;
        }
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
