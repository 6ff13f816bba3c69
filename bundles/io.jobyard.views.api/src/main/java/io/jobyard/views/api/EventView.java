// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Views of changes of jobs. */
public final class EventView {

    private static final String QUEUE =
            "queue of the job at that time, or the route of its type; null if the host did not know the route yet";

    static final View<HistoryEvent> CHANGE = View.<HistoryEvent>of("change", "A state change of a job.")
            .instant("at", "when", HistoryEvent::at)
            .text("who", "cause: a user, a bundle, or `jobyard` for the host itself", HistoryEvent::who)
            .word("from?", StateWords.STATUSES, "status before; null for the submit", event -> text(event.from()))
            .word("to?", StateWords.STATUSES, "status after", event -> text(event.to()))
            .word("reason?", StateWords.REASONS, StateWords.REASON_MEANING, event -> StateWords.reason(event.reason()))
            .text("host?", "host of the run", one -> one.run().host())
            .whole("run", "run number after the change", one -> one.run().number())
            .whole("attempt", "attempt after the change", one -> one.run().attempt())
            .text("why", "description; may be empty", HistoryEvent::why)
            .text(
                    "handlerVersion?",
                    "for a start, the handler of the run; for a submit, the handler that the payload was made for",
                    handler(HandlerName::version))
            .text("bundle?", "bundle of the handler", handler(HandlerName::bundle));

    private static final View<Traced> TRACED = View.<Traced>of("traced change", "A state change in a job's history.")
            .all(CHANGE, Traced::event)
            .text("stack?", "stack trace, for the end of a failed run", Traced::stack);

    /** A job's history. */
    public static final View<History> HISTORY = View.<History>of("history", "The status of a job, and all its changes.")
            .word(
                    "status",
                    StateWords.STATUSES,
                    "current status",
                    history -> history.job().status().text())
            .word("reason?", StateWords.REASONS, StateWords.REASON_MEANING, history -> StateWords.reason(history.job()))
            .text(
                    "error?",
                    "error of the latest run that did not complete",
                    history -> history.job().state().error())
            .list("events", TRACED, "the changes, oldest first", History::events);

    /** A change in the feed of all jobs. */
    public static final View<JobEvent> EVENT = View.<JobEvent>of(
                    "event", "A state change of a job, among those of all jobs.")
            .text("cursor", "position among all events", JobEvent::cursor)
            .text("job", "job ID", JobEvent::job)
            .text("type", "job type", JobEvent::type)
            .text("submitter", "submitter", JobEvent::submitter)
            .text("queue?", QUEUE, JobEvent::queue)
            .all(CHANGE, JobEvent::change);

    /** A change in an event stream, with the fields of a job. The id of the message is the cursor. */
    public static final View<JobEvent> LIVE_EVENT = View.<JobEvent>of(
                    "live event", "A state change of a job, sent live.")
            .text("id", "job ID", JobEvent::job)
            .text("type", "job type", JobEvent::type)
            .text("submitter", "submitter", JobEvent::submitter)
            .text("queue?", QUEUE, JobEvent::queue)
            .word(
                    "status?",
                    StateWords.STATUSES,
                    "current status",
                    event -> text(event.change().to()))
            .word(
                    "from?",
                    StateWords.STATUSES,
                    "status before; null for the submit",
                    event -> text(event.change().from()))
            .text(
                    "reason?",
                    StateWords.REASON_MEANING,
                    event -> StateWords.reason(event.change().reason()))
            .whole("run", "current run number", event -> event.change().run().number())
            .instant("at", "when", event -> event.change().at())
            .text("who", "cause", event -> event.change().who());

    /** The position at which to begin to follow the feed. */
    public static final View<EventCursor> CURSOR = View.<EventCursor>of("cursor", "The position of the newest event.")
            .text("cursor", "position among all events; `start` without events", cursor -> cursor);

    /** A change in a job's history. */
    public static final View<ChangeOfJob> JOB_CHANGE = View.<ChangeOfJob>of(
                    "change of a job", "A state change from a job's history.")
            .text("job", "job ID", change -> change.job().id())
            .text("type", "job type", change -> change.job().type())
            .text("submitter", "submitter", change -> change.job().submitter())
            .all(CHANGE, ChangeOfJob::change);

    /** A line of a job's log. */
    public static final View<LogLine> LOG_LINE = View.<LogLine>of("log line", "A line of a job's log.")
            .instant("at", "when", LogLine::at)
            .whole("run", "run that wrote the line", LogLine::run)
            .text("text", "the line", LogLine::text);

    /** A job's log. */
    public static final View<List<LogLine>> LOG = View.<List<LogLine>>of("log", "The log of a job.")
            .list("lines", LOG_LINE, "the lines, oldest first", lines -> lines);

    private EventView() {}

    private static @Nullable String text(@Nullable JobStatus status) {
        return status == null ? null : status.text();
    }

    private static Function<HistoryEvent, @Nullable String> handler(Function<HandlerName, String> value) {
        return event ->
                event.run().handler() == null ? null : value.apply(event.run().handler());
    }

    /**
     * A change with the stack trace of its run.
     *
     * @param stack the stack trace of the run that the change ends; null if it ends no run, or the run has no stack trace
     */
    public record Traced(HistoryEvent event, @Nullable String stack) {

        /** Combines a change that ends a run with the stack trace of this run. */
        public static Traced of(HistoryEvent event, Map<Integer, String> stacks) {
            boolean endsRun = event.from() == JobStatus.RUNNING && event.to() != JobStatus.RUNNING;
            return new Traced(event, endsRun ? stacks.get(event.run().number()) : null);
        }
    }

    /** A change and its job. */
    public record ChangeOfJob(Job job, HistoryEvent change) {}

    /**
     * A job's history.
     *
     * @param job the job in its current state
     * @param events every change, the oldest first
     */
    public record History(Job job, List<Traced> events) {}
}
