// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.JsonNumbers;
import io.jobyard.api.spi.SizeLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Makes a specification of what was typed. */
final class Specifications {

    private static final String AMOUNT = "give a number from 0 to 1000000000000 such as tokens=800";

    private final StatusReporter status;
    private final SizeLimits limits;
    private final Clock clock;

    Specifications(StatusReporter status, SizeLimits limits, Clock clock) {
        this.limits = limits;
        this.status = status;
        this.clock = clock;
    }

    JobSpecification of(SubmitOptions options, Screen screen) {
        if (options.type == null) {
            throw new UsageException("a job needs a type: job:submit TYPE JSON; job:handlers lists the types");
        }
        JobSpecification.Builder job = JobSpecification.type(options.type).payload(payload(options, screen));
        if (options.priority != null) {
            job.priority(options.priority);
        }
        if (options.queue != null) {
            job.queue(options.queue);
        }
        job.dependsOn(
                options.depends.stream().map(id -> status.resolve(id.strip())).toArray(JobId[]::new));
        if (options.ifDependencyFails != null) {
            job.ifDependencyFails(DependencyPolicy.of(options.ifDependencyFails));
        }
        if (options.timeout != null) {
            job.timeout(Duration.ofSeconds(options.timeout));
        }
        if (options.retries != null) {
            job.maxRetries(options.retries);
        }
        times(options, job);
        if (options.key != null) {
            job.key(options.key);
        }
        options.labels.forEach(job::label);
        if (options.handlerVersion != null) {
            job.handlerVersion(options.handlerVersion);
        }
        job.limits(options.limits.stream().map(String::strip).toArray(String[]::new));
        options.estimate.forEach((unit, amount) -> job.estimate(unit, amount(unit, amount)));
        return job.build();
    }

    private void times(SubmitOptions options, JobSpecification.Builder job) {
        if (options.after != null) {
            job.notBefore(clock.instant().plus(Durations.parse("--after", options.after)));
        }
        if (options.expires != null) {
            job.expires(clock.instant().plus(Durations.parse("--expires", options.expires)));
        }
    }

    private static double amount(String unit, String typed) {
        JsonNumbers.problem(typed).ifPresent(number -> {
            throw new UsageException(
                    "--estimate " + unit + number.replaceFirst(": pass it as text.*", "") + "; " + AMOUNT);
        });
        try {
            return Double.parseDouble(typed);
        } catch (NumberFormatException e) {
            throw new UsageException("--estimate " + unit + ": '" + Table.cut(typed, 40) + "' is no number; " + AMOUNT);
        }
    }

    private Map<String, Object> payload(SubmitOptions options, Screen screen) {
        String typed = options.payload;
        if (options.file != null) {
            if (typed != null) {
                throw new UsageException("the payload is given twice; leave out --file or the JSON");
            }
            String name = options.file.equals("-") ? "standard input" : options.file;
            Inputs.Limit limit = new Inputs.Limit(limits.maxPayloadBytes(), "max.payload.bytes");
            return JsonReader.object(name, Inputs.read(options.file, screen, limit));
        }
        if (typed == null) {
            throw new UsageException("a payload is missing: give a JSON object such as '{\"text\": \"hello\"}', or"
                    + " --file F, or --file - for standard input");
        }
        if (typed.equals(Arguments.BLOCK)) {
            throw new UsageException("the payload was read as a block of the shell; put the JSON in single quotes:"
                    + " '{\"text\": \"hello\"}'");
        }
        return JsonReader.object("the payload", typed);
    }
}
