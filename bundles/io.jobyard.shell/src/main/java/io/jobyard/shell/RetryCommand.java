// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.Retried;
import io.jobyard.api.StatusReporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "job:retry",
        description =
                "Give failed or cancelled jobs another life, with all attempts, by their ids or all that a filter means. What they waited for holds"
                        + " them again.")
final class RetryCommand extends IdsCommand {

    /** No more dependents are counted. */
    private static final int COUNTED = 1_000;

    @Option(
            names = "--with-dependents",
            description = "Also retry the jobs that ended because these ended badly, and those that ended because of"
                    + " them.")
    boolean withDependents;

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Override
    Answer answer(CommandUser user) {
        if (bulk.isAsked(ids, filter)) {
            if (withDependents) {
                throw new UsageException("--with-dependents goes with ids");
            }
            return bulk.answer(user, BulkAction.RETRY, filter, null);
        }
        JobManager jobs = user.jobs();
        StatusReporter status = user.status();
        return ChangedJobs.each(this, user, (id, changed) -> {
            if (!withDependents) {
                changed.jobs.add(jobs.retry(id));
                tellDependents(id, status, changed);
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
                    + " ended because of it: job:retry " + id + " --with-dependents takes them along");
        }
    }

    private static String count(int jobs) {
        return jobs + (jobs == 1 ? " job" : " jobs");
    }
}
