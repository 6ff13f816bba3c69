// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobChange;
import java.time.Clock;
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
public final class ChangeCommand extends JobCommand<ChangeCommand.Line> {

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

    private final Callers callers;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     * @param clock what durations count from
     */
    @Activate
    public ChangeCommand(@Reference Callers callers, @Reference Clock clock) {
        super(Line::new);
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    int run(Line options, Screen screen) {
        JobChange change = change(options);
        if (change.isEmpty()) {
            throw new UsageException("nothing to change; give --priority, --queue, --label, --after or --limits");
        }
        return new OnEach(callers, (user, id) -> List.of(user.change(id, change))).run(options, screen);
    }

    private JobChange change(Line options) {
        JobChange change = new JobChange();
        if (options.priority != null) {
            change.priority(options.priority);
        }
        if (options.queue != null) {
            change.queue(options.queue.equals(NONE) ? null : options.queue);
        }
        options.labels.forEach((label, value) -> change.label(label, value.isEmpty() ? null : value));
        if (options.after != null) {
            change.notBefore(clock.instant().plus(Durations.parse("--after", options.after)));
        }
        if (options.limits != null) {
            change.limits(
                    options.limits.equals(List.of(NONE))
                            ? new String[0]
                            : options.limits.stream().map(String::strip).toArray(String[]::new));
        }
        return change;
    }
}
