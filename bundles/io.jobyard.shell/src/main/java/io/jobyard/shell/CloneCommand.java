// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.Submitted;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.SpecificationReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:clone",
        sortOptions = false,
        description = "Submit a copy of a job, with the given changes. Dependencies and the key are not copied.")
final class CloneCommand extends UserCommand implements JobOptions.Taker {

    @Parameters(index = "0", arity = "1", paramLabel = "ID", description = "Job ID, or its last characters.")
    String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            description = "New payload (default: the payload of the job).")
    @Nullable
    String payload;

    private final JobOptions options = JobOptions.of(JobField.OF_COPIES);

    @Override
    public JobOptions jobOptions() {
        return options;
    }

    @Override
    Answer answer(CommandUser user) {
        JobManager jobs = user.jobs();
        Map<String, @Nullable Object> different = options.json();
        if (payload != null) {
            different.put("payload", JsonReader.object("the payload", payload));
        }
        JobSpecification copy = new SpecificationReader(user.status(), user.clock())
                .copy(
                        SpecificationReader.OPTIONS,
                        jobs.specification(user.status().resolve(id)),
                        different);
        Submission submission = jobs.submit(copy);
        return Answer.of(
                ChangeView.SUBMISSION,
                new Submitted(submission, List.of()),
                submission.id() + " " + submission.status().text());
    }
}
