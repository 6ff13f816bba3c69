// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.json.JsonNumbers;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.KeyPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Makes a specification from the options of a submit. */
final class TypedSpecification {

    private static final String AMOUNT = "give a number from 0 to 1000000000000 such as tokens=800";

    private final SubmitOptions options;
    private final CommandUser user;

    TypedSpecification(SubmitOptions options, CommandUser user) {
        this.options = options;
        this.user = user;
    }

    JobSpecification read() {
        if (options.type == null) {
            throw new UsageException("a job needs a type: job:submit TYPE JSON; job:handlers lists the types");
        }
        JobSpecificationBuilder job = JobSpecification.type(options.type).payload(payload());
        StatusReporter status = user.status();
        Instant now = user.now();
        JobCommand.ifGiven(options.priority, job::priority);
        JobCommand.ifGiven(options.queue, job::queue);
        options.depends.forEach(typed -> dependsOn(typed.strip(), job, status));
        JobCommand.ifGiven(options.ifDependencyFails, policy -> job.ifDependencyFails(DependencyPolicy.of(policy)));
        JobCommand.ifGiven(options.timeout, seconds -> job.timeout(Duration.ofSeconds(seconds)));
        JobCommand.ifGiven(options.retries, job::maxRetries);
        JobCommand.ifGiven(options.after, after -> job.notBefore(now.plus(TimeOptions.duration("--after", after))));
        JobCommand.ifGiven(options.expires, after -> job.expires(now.plus(TimeOptions.duration("--expires", after))));
        JobCommand.ifGiven(
                options.deadline, after -> job.deadline(now.plus(TimeOptions.duration("--deadline", after))));
        JobCommand.ifGiven(options.key, job::key);
        JobCommand.ifGiven(options.keyPolicy, policy -> job.keyPolicy(KeyPolicies.parse(policy)));
        options.labels.forEach(job::label);
        JobCommand.ifGiven(options.group, job::group);
        JobCommand.ifGiven(options.endsGroup, job::endsGroup);
        JobCommand.ifGiven(options.handlerVersion, job::handlerVersion);
        options.limits.forEach(limit -> job.limits(limit.strip()));
        options.slots.forEach(job::slots);
        options.estimate.forEach((unit, amount) -> job.estimate(unit, amount(unit, amount)));
        return job.build();
    }

    private static void dependsOn(String typed, JobSpecificationBuilder job, StatusReporter status) {
        int colon = typed.indexOf(':');
        if (colon < 0) {
            job.dependsOn(status.resolve(typed));
        } else {
            DependencyPolicy policy = DependencyPolicy.of(typed.substring(colon + 1));
            job.dependsOn(status.resolve(typed.substring(0, colon)), policy);
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

    private Map<String, Object> payload() {
        TypedJson typed = new TypedJson("payload", options.payload, options.file);
        String text = typed.text(user);
        if (text == null) {
            throw new UsageException("a payload is missing: give a JSON object such as '{\"text\": \"hello\"}', or"
                    + " --file F, or --file - for standard input");
        }
        return JsonReader.object(typed.name(), text);
    }
}
