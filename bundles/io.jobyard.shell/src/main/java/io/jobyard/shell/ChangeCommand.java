// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobManager;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "job:change",
        description =
                "Change jobs that have not started, by their ids or all that a filter means: those that wait or are queued.")
final class ChangeCommand extends IdsCommand {

    @Option(names = "--priority", paramLabel = "N", description = "The level, 1 first.")
    @Nullable
    Integer priority;

    @Option(names = "--queue", paramLabel = "Q", description = "The queue; none to go by the job's type.")
    @Nullable
    String queue;

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "A mark of your own; K= takes it away. The others stay. May be given several times.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--after",
            paramLabel = "DURATION",
            description = "Not to start before so long from now: 500ms, 30s, 5m, 2h, 1d; 0s to start at once.")
    @Nullable
    String after;

    @Option(
            names = "--limits",
            paramLabel = "NAME,NAME",
            split = ",",
            description = "The limits the job draws on, beside those of its handler; none for none.")
    @Nullable
    List<String> limits;

    @Option(names = "--timeout", paramLabel = "S", description = "How long a run may take, in seconds.")
    @Nullable
    Long timeout;

    @Mixin
    final ChangedFilterOptions filter = new ChangedFilterOptions();

    private static final String NONE = "none";

    @Override
    Answer answer(CommandUser user) {
        JobChange change = change(user.now());
        if (change.isEmpty()) {
            throw new UsageException(
                    "nothing to change; give --priority, --queue, --label, --after, --timeout or --limits");
        }
        if (bulk.isAsked(ids, filter)) {
            return bulk.answer(user, BulkAction.CHANGE, filter, change);
        }
        JobManager jobs = user.jobs();
        return ChangedJobs.each(this, user, (id, changed) -> changed.jobs.add(jobs.change(id, change)));
    }

    private JobChange change(Instant now) {
        JobChange change = new JobChange();
        labels.forEach((label, value) -> change.label(label, value.isEmpty() ? null : value));
        ifGiven(priority, change::priority);
        ifGiven(queue, name -> change.queue(name.equals(NONE) ? null : name));
        ifGiven(after, delay -> change.notBefore(now.plus(TimeOptions.duration("--after", delay))));
        ifGiven(timeout, seconds -> change.timeout(Duration.ofSeconds(seconds)));
        ifGiven(limits, given -> change.limits(names(given)));
        return change;
    }

    private static String[] names(List<String> typed) {
        return typed.equals(List.of(NONE))
                ? new String[0]
                : typed.stream().map(String::strip).toArray(String[]::new);
    }
}
