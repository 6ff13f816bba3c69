// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Preview;
import io.jobyard.api.Remedy;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.AllSubmitted;
import io.jobyard.views.api.ChangeView.Submitted;
import io.jobyard.views.api.PreviewView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

@Command(
        name = "job:submit",
        sortOptions = false,
        description = "Submit a job. Once the command has printed its ID, the job is stored.",
        customSynopsis = {
            "job:submit TYPE (JSON | --file F | --file -) [OPTIONS]",
            "       job:submit --batch FILE.jsonl [--as USER] [--await] [--json]"
        })
final class SubmitCommand extends UserCommand {

    @Mixin
    final SubmitOptions options = new SubmitOptions();

    @Override
    void addTo(CommandSpec command) {
        options.ofJob.addTo(command, "");
    }

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        if (options.await) {
            user.require(AccessRule.VIEW); // before the host stores anything
        }
        JobManager jobs = user.jobs();
        JobWaiter waiting = new JobWaiter(jobs, user.status());
        UnservedTypes unserved = new UnservedTypes(
                user.host().handlers(),
                user.host().hosts(),
                user.may(AccessRule.OVERVIEW),
                type -> RemedyCommand.of(Remedy.RemedyKind.HANDLERS.of(type)));
        if (options.batch != null && options.dryRun) {
            throw new UsageException(
                    "--dry-run", "--dry-run accepts one job: give its type and payload instead of --batch");
        }
        if (options.batch != null) {
            List<JobId> ids = new BatchFile(options, user).submit(jobs, unserved);
            return many(ids, unserved.warnings(), waiting, user.screen());
        }
        JobSpecification one = unserved.seen(new TypedSpecification(options, user).read());
        if (options.dryRun && (options.times != null || options.await)) {
            throw new UsageException("--dry-run", "--dry-run stores nothing: omit --times and --await");
        }
        if (options.times != null) {
            List<JobId> ids = new RepeatedSubmit(jobs, user.host().sizes()).submit(one, options.times);
            return many(ids, unserved.warnings(), waiting, user.screen());
        }
        if (options.dryRun) {
            return preview(jobs.preview(one), unserved.warnings());
        }
        return submitted(jobs.submit(one), unserved, waiting, user);
    }

    private Answer submitted(Submission submission, UnservedTypes unserved, JobWaiter waiting, CommandUser user)
            throws InterruptedException {
        if (options.await && json) {
            return waiting.silently(submission.id(), JobWaiter.WITHOUT_END);
        }
        Answer stored = Answer.of(
                ChangeView.SUBMISSION,
                new Submitted(submission, submission.duplicate() ? List.of() : unserved.warnings()),
                SubmitCommand::print);
        if (!options.await) {
            return stored;
        }
        stored.print(false, user.screen());
        LiveJob live = new LiveJob(user.status(), submission.id(), user.screen());
        if (submission.duplicate()) {
            live.beginNow();
        }
        return waiting.follow(live, submission.id(), JobWaiter.WITHOUT_END, user.screen());
    }

    private static Answer preview(Preview preview, List<String> warnings) {
        return Answer.of(PreviewView.PREVIEW, preview, (told, screen) -> {
                    new PreviewLines(told).print(screen);
                    if (told.isValid()) {
                        warnings.forEach(screen::error);
                    }
                })
                .failedIf(!preview.isValid());
    }

    private static void print(Submitted submitted, Screen screen) {
        Submission submission = submitted.submission();
        screen.line(submission.id() + " " + submission.status().text() + note(submission));
        submitted.warnings().forEach(screen::error);
    }

    private static String note(Submission submission) {
        if (submission.replaced()) {
            return ": replaced the job that had the key";
        }
        return submission.duplicate() ? ": this job already has the key, nothing new was stored" : "";
    }

    private Answer many(List<JobId> ids, List<String> warnings, JobWaiter waiting, Screen screen)
            throws InterruptedException {
        Answer stored = Answer.of(ChangeView.SUBMISSIONS, new AllSubmitted(ids, warnings), SubmitCommand::print);
        if (!options.await) {
            return stored;
        }
        if (!json) {
            stored.print(false, screen);
        }
        int completed = 0;
        for (JobId id : ids) {
            completed += waiting.completes(id) ? 1 : 0;
        }
        boolean all = completed == ids.size();
        if (json) {
            return stored.failedIf(!all);
        }
        screen.line(completed + " completed" + (all ? "" : "; job:list --status failed lists the failed jobs"));
        return Answer.printed(all ? 0 : 1);
    }

    private static void print(AllSubmitted submitted, Screen screen) {
        List<JobId> ids = submitted.ids();
        String range = ids.size() == 1 ? "" : " to " + ids.get(ids.size() - 1);
        screen.line(ids.size() + (ids.size() == 1 ? " job: " : " jobs: ") + ids.get(0) + range);
        submitted.warnings().forEach(screen::error);
    }
}
