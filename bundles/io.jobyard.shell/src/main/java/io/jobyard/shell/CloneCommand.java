// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.Submission;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.Submitted;
import io.jobyard.views.api.JsonReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:clone",
        sortOptions = false,
        description =
                "Submit a job like another one, with what is given different. It waits for no other job, and has no key of its own.")
final class CloneCommand extends UserCommand {

    @Parameters(index = "0", arity = "1", paramLabel = "ID", description = "The job, or its id's last characters.")
    String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "JSON", description = "Another payload.")
    @Nullable
    String payload;

    @Option(names = "--priority", paramLabel = "N", description = "Another level, 1 first.")
    @Nullable
    Integer priority;

    @Option(names = "--queue", paramLabel = "Q", description = "Another queue.")
    @Nullable
    String queue;

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "A label more, or another value. May be given several times.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--timeout", paramLabel = "S", description = "Another timeout, in seconds.")
    @Nullable
    Long timeout;

    @Option(names = "--retries", paramLabel = "N", description = "Another number of retries.")
    @Nullable
    Integer retries;

    @Option(
            names = "--after",
            paramLabel = "DURATION",
            description = "Not to start before so long from now: 500ms, 30s, 5m, 2h, 1d.")
    @Nullable
    String after;

    @Option(names = "--key", paramLabel = "KEY", description = "A key of its own.")
    @Nullable
    String key;

    @Override
    Answer answer(CommandUser user) {
        JobManager jobs = user.jobs();
        JobSpecificationBuilder job = jobs.specification(user.status().resolve(id)).toBuilder();
        ifGiven(payload, json -> job.payload(JsonReader.object("the payload", json)));
        ifGiven(priority, job::priority);
        ifGiven(queue, job::queue);
        labels.forEach(job::label);
        ifGiven(timeout, seconds -> job.timeout(Duration.ofSeconds(seconds)));
        ifGiven(retries, job::maxRetries);
        ifGiven(after, delay -> job.notBefore(user.now().plus(TimeOptions.duration("--after", delay))));
        ifGiven(key, job::key);
        Submission submission = jobs.submit(job.build());
        return Answer.of(
                ChangeView.SUBMISSION,
                new Submitted(submission, List.of()),
                submission.id() + " " + submission.status().text());
    }
}
