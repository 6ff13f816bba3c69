// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.SizeLimits;
import java.time.Clock;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:submit}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "submit")
public final class SubmitCommand extends JobCommand<SubmitOptions> {

    private final Callers callers;
    private final SizeLimits limits;
    private final HandlerCatalog handlers;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     * @param limits how much it takes
     * @param handlers which types are served
     * @param clock what durations count from
     */
    @Activate
    public SubmitCommand(
            @Reference Callers callers,
            @Reference SizeLimits limits,
            @Reference HandlerCatalog handlers,
            @Reference Clock clock) {
        super(SubmitOptions::new);
        this.callers = callers;
        this.limits = limits;
        this.handlers = handlers;
        this.clock = clock;
    }

    @Override
    int run(SubmitOptions options, Screen screen) throws InterruptedException {
        JobManager user = callers.jobs(options, screen);
        StatusReporter status = callers.status(options, screen);
        Waiting waiting = new Waiting(user, status);
        Unserved unserved = new Unserved(handlers, callers.may(Operation.OVERVIEW, options, screen));
        if (options.batch != null) {
            List<JobId> ids = new Batch(status, limits, clock).submit(user, options, screen, unserved);
            return many(ids, unserved.warnings(), waiting, options, screen);
        }
        JobSpecification one = unserved.seen(new Specifications(status, limits, clock).of(options, screen));
        if (options.times != null) {
            List<JobId> ids = new Slices(user, limits).submit(one, options.times);
            return many(ids, unserved.warnings(), waiting, options, screen);
        }
        Submission submission = user.submit(one);
        if (options.await && options.json) {
            return waiting.silently(submission.id(), Waiting.WITHOUT_END, screen);
        }
        answer(submission, submission.duplicate() ? List.of() : unserved.warnings(), options, screen);
        if (!options.await) {
            return 0;
        }
        LiveJob live = new LiveJob(status, submission.id(), screen);
        if (submission.duplicate()) {
            live.beginNow();
        }
        return waiting.follow(live, submission.id(), Waiting.WITHOUT_END, screen);
    }

    private static void answer(Submission submission, List<String> warnings, SubmitOptions options, Screen screen) {
        if (options.json) {
            screen.json(Json.object(
                    "id", submission.id().toString(),
                    "status", submission.status().text(),
                    "duplicate", submission.duplicate(),
                    "warnings", warnings));
        } else {
            screen.line(submission.id() + " " + submission.status().text()
                    + (submission.duplicate() ? ": this job has the key already, nothing new was stored" : ""));
            warnings.forEach(screen::error);
        }
    }

    private static int many(
            List<JobId> ids, List<String> warnings, Waiting waiting, SubmitOptions options, Screen screen)
            throws InterruptedException {
        if (!options.json) {
            String range = ids.size() == 1 ? "" : " to " + ids.get(ids.size() - 1);
            screen.line(ids.size() + (ids.size() == 1 ? " job: " : " jobs: ") + ids.get(0) + range);
            warnings.forEach(screen::error);
        }
        int completed = 0;
        if (options.await) {
            for (JobId id : ids) {
                completed += waiting.completes(id) ? 1 : 0;
            }
        }
        if (options.json) {
            screen.json(Json.object("ids", ids.stream().map(JobId::toString).toList(), "warnings", warnings));
        } else if (options.await) {
            screen.line(completed + " completed"
                    + (completed == ids.size() ? "" : "; job:list --status failed shows what failed"));
        }
        return !options.await || completed == ids.size() ? 0 : 1;
    }
}
