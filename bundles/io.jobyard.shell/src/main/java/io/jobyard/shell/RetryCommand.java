// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.Retried;
import io.jobyard.api.StatusReporter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "job:retry",
        description = "Retry failed or cancelled jobs with a fresh set of attempts, by ID or filter. Their dependencies"
                + " apply again; stored steps are not repeated.")
final class RetryCommand extends IdsCommand {

    /** Maximum number of dependents to count. */
    private static final int COUNTED = 1_000;

    @Option(
            names = "--with-dependents",
            description =
                    "Also retry the jobs that ended because these jobs failed or were cancelled, and the jobs that"
                            + " ended because of those.")
    boolean withDependents;

    @Option(
            names = "--from",
            paramLabel = "STEP",
            description =
                    "With one ID: repeat this step and all later steps; job:show lists the steps. Default: all stored"
                            + " steps are kept.")
    @Nullable
    String from;

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Override
    Answer answer(CommandUser user) {
        if (bulk.isAsked(ids, filter)) {
            if (withDependents || from != null) {
                throw new UsageException((withDependents ? "--with-dependents" : "--from") + " requires IDs");
            }
            return bulk.answer(user, BulkAction.RETRY, filter, null);
        }
        String step = from;
        if (step != null && (withDependents || ids.size() > 1)) {
            throw new UsageException("--from requires exactly one ID and cannot be combined with --with-dependents");
        }
        JobManager jobs = user.jobs();
        StatusReporter status = user.status();
        return ChangedJobs.each(this, user, (id, changed) -> {
            if (!withDependents) {
                Job retried = step == null ? jobs.retry(id) : jobs.retry(id, step);
                changed.jobs.add(retried);
                if (user.mayView(retried)) {
                    tellDependents(id, status, changed);
                }
                return;
            }
            Retried retried = jobs.retryWithDependents(id);
            changed.jobs.add(retried.job());
            if (json) {
                changed.jobs.addAll(retried.dependents());
            }
            retried.refused().forEach((dependent, why) -> changed.refuse(dependent.toString(), why));
            changed.notes.add("and " + count(retried.dependents().size()) + " that ended because of " + id);
        });
    }

    private static void tellDependents(JobId id, StatusReporter status, ChangedJobs changed) {
        int dependents = status.endedBecauseOf(id, COUNTED + 1).size();
        if (dependents > 0) {
            changed.notes.add((dependents > COUNTED ? "more than " + count(COUNTED) : count(dependents))
                    + " ended because of it: job:retry " + id + " --with-dependents retries them too");
        }
    }

    private static String count(int jobs) {
        return jobs + (jobs == 1 ? " job" : " jobs");
    }
}
