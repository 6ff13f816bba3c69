// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Blocker;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.api.PayloadHistory;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.UsageView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All about one job, for people. */
final class JobDetails {

    private static final int INDENT = 14;
    private static final int LONGEST = 4_000;
    private static final int MOST_DEPENDENCIES = 20;

    private final Job job;
    private final StatusReporter status;

    JobDetails(Reported<Job> told) {
        job = told.what();
        status = told.reporter();
    }

    void print(Screen screen) {
        JobId id = job.id();
        JobTerms terms = job.terms();
        JobState state = job.state();
        line(screen, "id", job.id());
        line(screen, "type", job.type());
        line(screen, "status", JobText.state(job));
        line(screen, "paused", state.reason() == Reason.PAUSED ? pause() : null);
        line(screen, "error", state.error());
        line(screen, "progress", status.progress(id).map(JobDetails::progress).orElse(null));
        line(
                screen,
                "queue",
                status.queue(job) + ", priority " + terms.routing().priority());
        line(screen, "submitter", job.submitter());
        Fire fire = terms.identity().fire();
        line(screen, "schedule", fire == null ? null : fire.schedule() + ", for " + JobText.time(fire.at()));
        line(
                screen,
                "run",
                state.run().number() == 0
                        ? "not yet"
                        : state.run().number() + " on " + state.run().host());
        line(screen, "attempt", state.run().attempt() + " of " + (terms.runs().maxRetries() + 1));
        line(screen, "began with", state.run().begunWith());
        line(screen, "timeout", JobText.duration(terms.runs().timeout()));
        line(screen, "created", JobText.time(job.createdAt()));
        line(screen, "not before", JobText.time(terms.times().notBefore()));
        line(screen, "expires", JobText.time(terms.times().expires()));
        line(screen, "deadline", JobText.time(terms.times().deadline()));
        line(screen, "started", JobText.time(state.run().startedAt()));
        line(screen, "completed", JobText.time(state.completedAt()));
        line(screen, "key", terms.identity().key());
        line(screen, "key until", JobText.time(terms.identity().keyUntil()));
        line(screen, "labels", labels(terms.identity().labels()));
        line(screen, "group", terms.identity().group());
        line(screen, "ends group", terms.identity().endsGroup());
        line(screen, "handler", terms.routing().handlerVersion());
        line(
                screen,
                "limits",
                terms.demand().limits().isEmpty()
                        ? null
                        : String.join(", ", terms.demand().limits()));
        line(screen, "estimate", amounts(terms.demand().estimate()));
        line(screen, "used", amounts(UsageView.total(status.uses(id))));
        List<JobId> all = status.dependencies(id);
        String dependencies = all.stream()
                .limit(MOST_DEPENDENCIES)
                .map(dependency -> dependency(dependency, terms))
                .collect(Collectors.joining(" "));
        int more = all.size() - MOST_DEPENDENCIES;
        dependencies += more > 0 ? " and " + more + " more" : "";
        line(
                screen,
                "depends on",
                dependencies.isEmpty()
                        ? null
                        : dependencies + " (if one fails: "
                                + terms.dependencies().ifFails().text() + ")");
        List<HistoryEvent> history = status.history(id);
        line(
                screen,
                "made for",
                PayloadHistory.madeFor(history).map(HandlerName::version).orElse(null));
        line(screen, "migrated", PayloadHistory.migrated(history).orElse(null));
        line(screen, "signals", signals(status.signals(id)));
        StepLines.print(status.steps(id), screen);
        if (status.hidesPayload(id)) {
            line(screen, "payload", "hidden, and so is the result: permission payload shows them");
            return;
        }
        json(screen, "payload", status.payload(id));
        json(screen, "result", status.result(id).result());
    }

    private @Nullable String pause() {
        return status.explain(job.id()).blockedBy().stream()
                .map(Blocker::detail)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String signals(List<JobSignal> untaken) {
        return untaken.isEmpty()
                ? null
                : untaken.stream()
                        .map(signal -> signal.name() + ", by " + signal.by() + " at " + JobText.time(signal.at()))
                        .collect(Collectors.joining("; ", "not taken yet: ", ""));
    }

    /** As it is typed: with its policy if it has its own. */
    private static String dependency(JobId id, JobTerms terms) {
        DependencyPolicy own = terms.dependencies().policies().get(id);
        return own == null ? id.toString() : id + ":" + own.text();
    }

    static String progress(Progress progress) {
        String numbers = progress.total() > 0 ? progress.done() + " of " + progress.total() : "" + progress.done();
        return progress.text().isEmpty() ? numbers : numbers + ", " + progress.text();
    }

    private static @Nullable String amounts(Map<String, ? extends Number> amounts) {
        return amounts.isEmpty()
                ? null
                : new TreeMap<>(amounts)
                        .entrySet().stream()
                                .map(each -> each.getKey() + "="
                                        + new BigDecimal(each.getValue().toString())
                                                .stripTrailingZeros()
                                                .toPlainString())
                                .collect(Collectors.joining(", "));
    }

    private static @Nullable String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? null
                : labels.entrySet().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static void line(Screen screen, String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String text = screen.wrapped(value.toString(), INDENT);
        String shown = name.equals("status") ? screen.paint(text) : text;
        screen.painted(name + " ".repeat(INDENT - name.length()) + shown);
    }

    private static void json(Screen screen, String name, @Nullable Map<String, Object> object) {
        if (object == null) {
            return;
        }
        String text = JsonWriter.pretty(object);
        screen.line(name);
        screen.lines(
                screen.isEndless() || text.length() <= LONGEST
                        ? text
                        : text.substring(0, LONGEST) + "\n… (" + text.length() + " characters; --json shows all)");
    }
}
