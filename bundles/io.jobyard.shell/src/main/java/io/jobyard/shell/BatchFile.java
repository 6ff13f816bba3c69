// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.SpecificationReader;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a file of jobs with one JSON object per line. */
final class BatchFile {

    /** Line of the file. It is not parsed, because a parsed line takes many times the memory. */
    private record BatchLine(String where, String text) {}

    private final SubmitOptions options;
    private final CommandUser user;

    BatchFile(SubmitOptions options, CommandUser user) {
        this.options = options;
        this.user = user;
    }

    /** Reads the lines one by one and collects the job names in them. */
    private List<BatchLine> read(Set<String> names) {
        String file = String.valueOf(options.batch);
        String name = InputFiles.name(file);
        int most = user.host().sizes().maxBatchJobs();
        List<BatchLine> lines = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        InputFiles.lines(
                file,
                user.screen(),
                new InputFiles.Limit(user.host().sizes().maxBatchBytes(), "max.batch.bytes"),
                text -> {
                    String where = "line " + number.incrementAndGet() + " of " + name;
                    if (text.isBlank()) {
                        return;
                    }
                    if (lines.size() == most) {
                        throw new ValidationException(
                                name + " has more than " + most + " jobs, the value of max.batch.jobs: submit"
                                        + " it in parts, or raise max.batch.jobs in io.jobyard.scheduler");
                    }
                    if (JsonReader.line(where, text).get("name") instanceof String given) {
                        names.add(given);
                    }
                    lines.add(new BatchLine(where, text));
                });
        if (lines.isEmpty()) {
            throw new ValidationException(
                    name + " contains no jobs: write one JSON object per line: {\"type\": \"echo\", \"payload\": {}}");
        }
        return lines;
    }

    /** Submits the jobs. An error in a job names its line. */
    List<JobId> submit(JobManager manager, UnservedTypes unserved) {
        refuseOthers();
        Set<String> names = new HashSet<>();
        List<BatchLine> lines = read(names);
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

    /** Creates each specification on demand, so that they are not all in memory. */
    private List<JobSpecification> specifications(List<BatchLine> lines, Set<String> names, UnservedTypes unserved) {
        SpecificationReader reader = new SpecificationReader(user.status(), user.clock());
        return new AbstractList<>() {
            @Override
            public JobSpecification get(int index) {
                String where = lines.get(index).where();
                Map<String, Object> line =
                        JsonReader.line(where, lines.get(index).text());
                return unserved.seen(reader.read(where, line, names));
            }

            @Override
            public int size() {
                return lines.size();
            }
        };
    }

    private void refuseOthers() {
        if (options.type != null || options.file != null || options.times != null) {
            throw new UsageException(
                    "--batch", "--batch reads the jobs from the file's lines: omit TYPE, JSON, --file and --times");
        }
        List<String> given = options.ofJob.given();
        if (!given.isEmpty()) {
            throw new UsageException(
                    "--batch",
                    "--batch reads each job's fields from its line, for example {\"priority\": 2}: omit "
                            + String.join(", ", given));
        }
    }
}
