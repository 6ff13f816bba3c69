// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobManager;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:change}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "change")
public final class ChangeCommand extends UserCommand<ChangeCommand.Line> {

    @Command(name = "job:change", description = "Change jobs that have not started: those that wait or are queued.")
    static final class Line extends IdsOptions {

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
    }

    private static final String NONE = "none";

    @Activate
    public ChangeCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        JobChange change = change(options, user.now());
        if (change.isEmpty()) {
            throw new UsageException("nothing to change; give --priority, --queue, --label, --after or --limits");
        }
        JobManager jobs = user.jobs();
        return ChangedJobs.each(options, user, (id, changed) -> changed.jobs.add(jobs.change(id, change)));
    }

    private static JobChange change(Line options, Instant now) {
        JobChange change = new JobChange();
        options.labels.forEach((label, value) -> change.label(label, value.isEmpty() ? null : value));
        Options.ifGiven(options.priority, change::priority);
        Options.ifGiven(options.queue, queue -> change.queue(queue.equals(NONE) ? null : queue));
        Options.ifGiven(options.after, after -> change.notBefore(now.plus(TimeOptions.duration("--after", after))));
        Options.ifGiven(options.limits, limits -> change.limits(names(limits)));
        return change;
    }

    private static String[] names(List<String> typed) {
        return typed.equals(List.of(NONE))
                ? new String[0]
                : typed.stream().map(String::strip).toArray(String[]::new);
    }
}
