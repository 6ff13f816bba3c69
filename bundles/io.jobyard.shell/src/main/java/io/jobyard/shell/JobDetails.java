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

/** Prints all details of a job for people. */
final class JobDetails {

    private static final int INDENT = 14;
    private static final int LONGEST = 4_000;
    private static final int MOST_DEPENDENCIES = 20;

    private final Job job;
    private final StatusReporter status;
    private final Screen screen;

    JobDetails(Reported<Job> told, Screen screen) {
        job = told.what();
        status = told.reporter();
        this.screen = screen;
    }

    void print() {
        printState(job.state());
        printTimes(job.state(), job.terms().times());
        printTerms(job.terms());
        printDependencies(job.terms().dependencies());
        List<HistoryEvent> history = status.history(job.id());
        line(
                "made for",
                PayloadHistory.madeFor(history).map(HandlerName::version).orElse(null));
        line("migrated", PayloadHistory.migrated(history).orElse(null));
        line("signals", signals(status.signals(job.id())));
        StepLines.print(status.steps(job.id()), screen);
        if (status.hidesPayload(job.id())) {
            line("payload", "hidden, like the result: permission payload is required");
            return;
        }
        json("payload", status.payload(job.id()));
        json("result", status.result(job.id()).result());
    }

    private void printState(JobState state) {
        JobState.RunState run = state.run();
        line("id", job.id());
        line("type", job.type());
        line("status", JobText.state(job));
        line("paused", state.reason() == Reason.PAUSED ? pause() : null);
        line("error", state.error());
        line("progress", status.progress(job.id()).map(JobDetails::progress).orElse(null));
        line("queue", status.queue(job) + ", priority " + job.terms().routing().priority());
        line("submitter", job.submitter());
        Fire fire = job.terms().identity().fire();
        line("schedule", fire == null ? null : fire.schedule() + ", for " + JobText.time(fire.at()));
        line("run", run.number() == 0 ? "not yet" : run.number() + " on " + run.host());
        line("attempt", run.attempt() + " of " + (job.terms().runs().maxRetries() + 1));
        line("began with", run.begunWith());
    }

    private void printTimes(JobState state, JobTerms.JobTimes times) {
        line("timeout", JobText.duration(job.terms().runs().timeout()));
        line("created", JobText.time(job.createdAt()));
        line("not before", JobText.time(times.notBefore()));
        line("expires", JobText.time(times.expires()));
        line("deadline", JobText.time(times.deadline()));
        line("started", JobText.time(state.run().startedAt()));
        line("completed", JobText.time(state.completedAt()));
    }

    private void printTerms(JobTerms terms) {
        JobTerms.Identity identity = terms.identity();
        List<String> limits = terms.demand().limits();
        line("key", identity.key());
        line("key until", JobText.time(identity.keyUntil()));
        line("labels", labels(identity.labels()));
        line("group", identity.group());
        line("ends group", identity.endsGroup());
        line("handler", terms.routing().handlerVersion());
        line("limits", limits.isEmpty() ? null : String.join(", ", limits));
        line("estimate", amounts(terms.demand().estimate()));
        line("used", amounts(UsageView.total(status.uses(job.id()))));
    }

    private void printDependencies(JobTerms.DependencyTerms terms) {
        List<JobId> all = status.dependencies(job.id());
        if (all.isEmpty()) {
            return;
        }
        String dependencies = all.stream()
                .limit(MOST_DEPENDENCIES)
                .map(dependency -> dependency(dependency, terms))
                .collect(Collectors.joining(" "));
        int more = all.size() - MOST_DEPENDENCIES;
        line(
                "depends on",
                dependencies
                        + (more > 0 ? " and " + more + " more" : "")
                        + " (if one fails: " + terms.ifFails().text() + ")");
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

    /** Formats a dependency as the user types it, with its policy if it has one. */
    private static String dependency(JobId id, JobTerms.DependencyTerms terms) {
        DependencyPolicy own = terms.policies().get(id);
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

    private void line(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String text = screen.wrapped(value.toString(), INDENT);
        String shown = name.equals("status") ? screen.paint(text) : text;
        screen.painted(name + " ".repeat(INDENT - name.length()) + shown);
    }

    private void json(String name, @Nullable Map<String, Object> object) {
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
