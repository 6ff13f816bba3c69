// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.views.api.BulkView;
import io.jobyard.views.api.Reported;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command that changes many jobs: a filter instead of job ids. */
final class BulkOptions {

    @Option(names = "--dry-run", description = "With a filter: count the jobs and show ten, without changing any.")
    boolean dryRun;

    /** Returns whether a filter selects the jobs. Ids and a filter cannot be combined. */
    boolean isAsked(List<String> ids, FilterOptions filter) {
        if (!ids.isEmpty() && (filter.isGiven() || dryRun)) {
            throw new UsageException("give ids or a filter, not both");
        } else if (ids.isEmpty() && !filter.isGiven()) {
            throw new UsageException(
                    "missing jobs: give IDs, or a filter such as --status, --type, --label or --since");
        }
        return ids.isEmpty();
    }

    Answer answer(CommandUser user, BulkAction action, FilterOptions filter, @Nullable JobChange change) {
        BulkRequest request = new BulkRequest(action, filter.filter(user.now()), change);
        if (dryRun) {
            return Answer.of(
                    BulkView.PREVIEW,
                    new Reported<>(user.jobs().previewBulk(request), user.status()),
                    (preview, screen) -> print(preview.what(), action, screen));
        }
        return Answer.of(BulkView.BULK, user.jobs().beginBulk(request), (bulk, screen) -> print(bulk, screen));
    }

    private static void print(BulkPreview preview, BulkAction action, Screen screen) {
        for (Job job : preview.first()) {
            screen.painted(job.id() + " " + screen.paint(Screen.plain(JobText.state(job))));
        }
        screen.line("would " + action.text() + ": " + preview.jobs() + (preview.jobs() == 1 ? " job" : " jobs")
                + (preview.isAll() ? "" : " at least; not all jobs were checked"));
    }

    private static void print(BulkStatus bulk, Screen screen) {
        screen.line("bulk " + bulk.number() + " started; job:bulk " + bulk.number() + " shows its progress");
    }
}
