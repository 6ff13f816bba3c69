// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.Retried;
import io.jobyard.api.StatusReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:retry}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "retry")
public final class RetryCommand extends JobCommand<RetryCommand.Line> {

    /** More dependents than that are not counted one by one. */
    private static final int COUNTED = 1_000;

    @Command(
            name = "job:retry",
            description = "Give failed or cancelled jobs another life, with all attempts. What they waited for holds"
                    + " them again.")
    static final class Line extends IdsOptions {
        @Option(
                names = "--with-dependents",
                description =
                        "Also retry the jobs that ended because these ended badly, and those that ended because of"
                                + " them.")
        boolean withDependents;
    }

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public RetryCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        List<Map<String, @Nullable Object>> refused = new ArrayList<>();
        List<String> besides = new ArrayList<>();
        StatusReporter status = callers.status(options, screen);
        OnEach operation = new OnEach(callers, (jobs, id) -> {
            if (!options.withDependents) {
                return List.of(alone(jobs, id, status, besides));
            }
            Retried retried = jobs.retryWithDependents(id);
            retried.refused().forEach((dependent, why) -> refused.add(OnEach.fault(dependent.toString(), why)));
            besides.add("and " + count(retried.dependents().size()) + " that ended because of " + id);
            return options.json ? all(retried) : List.of(retried.job());
        });
        int exit = operation.run(options, screen, refused);
        if (!options.json) {
            besides.forEach(screen::line);
        }
        return exit;
    }

    private static List<Job> all(Retried retried) {
        List<Job> all = new ArrayList<>(List.of(retried.job()));
        all.addAll(retried.dependents());
        return all;
    }

    private static String count(int jobs) {
        return jobs + (jobs == 1 ? " job" : " jobs");
    }

    private static Job alone(JobManager jobs, JobId id, StatusReporter status, List<String> besides) {
        Job job = jobs.retry(id);
        int dependents = status.endedBecauseOf(id, COUNTED + 1).size();
        if (dependents > 0) {
            besides.add((dependents > COUNTED ? "more than " + count(COUNTED) : count(dependents))
                    + " ended because of it: job:retry " + id + " --with-dependents takes them along");
        }
        return job;
    }
}
