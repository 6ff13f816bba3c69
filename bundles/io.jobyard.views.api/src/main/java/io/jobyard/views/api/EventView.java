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

/** What happened to jobs. */
public final class EventView {

    private static final String QUEUE =
            "the queue that it was in then, or where its type was routed; null if the host did not know the route yet";

    static final View<HistoryEvent> CHANGE = View.<HistoryEvent>of("change", "One change in a job's life.")
            .instant("at", "when", HistoryEvent::at)
            .text("who", "who caused it: a user, a bundle, or `jobyard` for the host itself", HistoryEvent::who)
            .word(
                    "from?",
                    StateWords.STATUSES,
                    "the status before; null for the admission",
                    event -> text(event.from()))
            .word("to?", StateWords.STATUSES, "the status after", event -> text(event.to()))
            .word(
                    "reason?",
                    StateWords.REASONS,
                    "why, where the status alone does not say",
                    event -> StateWords.reason(event.reason()))
            .text("host?", "the host that runs or ran it", one -> one.run().host())
            .whole("run", "the run number after the change", one -> one.run().number())
            .whole("attempt", "the attempt after the change", one -> one.run().attempt())
            .text("why", "the same in words; may be empty", HistoryEvent::why)
            .text(
                    "handlerVersion?",
                    "of a start the handler that the run was given to, of a submit the one that the payload was made for",
                    handler(HandlerName::version))
            .text("bundle?", "its bundle", handler(HandlerName::bundle));

    private static final View<Traced> TRACED = View.<Traced>of("traced change", "One change in a job's history.")
            .all(CHANGE, Traced::event)
            .text("stack?", "of a change that ends a failed run, where its handler was", Traced::stack);

    /** A job's history. */
    public static final View<History> HISTORY = View.<History>of("history", "How a job stands, and all its changes.")
            .word(
                    "status",
                    StateWords.STATUSES,
                    "its status",
                    history -> history.job().status().text())
            .word(
                    "reason?",
                    StateWords.REASONS,
                    "why, where the status alone does not say",
                    history -> StateWords.reason(history.job()))
            .text(
                    "error?",
                    "what went wrong in the latest run that did not complete",
                    history -> history.job().state().error())
            .list("events", TRACED, "every change, the oldest first", History::events);

    /** A change as all who follow the jobs hear of it. */
    public static final View<JobEvent> EVENT = View.<JobEvent>of("event", "One change of one job, among those of all.")
            .text("cursor", "its position among all events", JobEvent::cursor)
            .text("job", "the job's id", JobEvent::job)
            .text("type", "the job's type", JobEvent::type)
            .text("submitter", "who asked for the job", JobEvent::submitter)
            .text("queue?", QUEUE, JobEvent::queue)
            .all(CHANGE, JobEvent::change);

    /** The same for those who are told of it as it comes, in words of a job; its cursor is the id of the message. */
    public static final View<JobEvent> LIVE_EVENT = View.<JobEvent>of(
                    "live event", "One change of one job, as it comes.")
            .text("id", "the job", JobEvent::job)
            .text("type", "the job's type", JobEvent::type)
            .text("submitter", "who asked for the job", JobEvent::submitter)
            .text("queue?", QUEUE, JobEvent::queue)
            .word(
                    "status?",
                    StateWords.STATUSES,
                    "its status now",
                    event -> text(event.change().to()))
            .word(
                    "from?",
                    StateWords.STATUSES,
                    "its status before; null for the admission",
                    event -> text(event.change().from()))
            .text(
                    "reason?",
                    "why, where the status alone does not say",
                    event -> StateWords.reason(event.change().reason()))
            .whole("run", "its run number now", event -> event.change().run().number())
            .instant("at", "when", event -> event.change().at())
            .text("who", "who caused it", event -> event.change().who());

    /** Where to begin to follow the jobs. */
    public static final View<EventCursor> CURSOR = View.<EventCursor>of("cursor", "The position of the newest event.")
            .text("cursor", "its position among all events; `start` before the first", cursor -> cursor);

    /** A change as it stands in the job's history. */
    public static final View<ChangeOfJob> JOB_CHANGE = View.<ChangeOfJob>of(
                    "change of a job", "One change of one job, from the job's history.")
            .text("job", "the job's id", change -> change.job().id())
            .text("type", "the job's type", change -> change.job().type())
            .text("submitter", "who asked for the job", change -> change.job().submitter())
            .all(CHANGE, ChangeOfJob::change);

    /** A line of it. */
    public static final View<LogLine> LOG_LINE = View.<LogLine>of("log line", "A line that a handler wrote.")
            .instant("at", "when", LogLine::at)
            .whole("run", "the run that wrote it", LogLine::run)
            .text("text", "the line", LogLine::text);

    /** A job's log. */
    public static final View<List<LogLine>> LOG = View.<List<LogLine>>of(
                    "log", "What a job's handler wrote to its log.")
            .list("lines", LOG_LINE, "each line, the oldest first", lines -> lines);

    private EventView() {}

    private static @Nullable String text(@Nullable JobStatus status) {
        return status == null ? null : status.text();
    }

    private static Function<HistoryEvent, @Nullable String> handler(Function<HandlerName, String> value) {
        return event ->
                event.run().handler() == null ? null : value.apply(event.run().handler());
    }

    /**
     * A change with where its handler was.
     *
     * @param event the change
     * @param stack the stack trace of the run that it ends; null if it ends none, or there is none
     */
    public record Traced(HistoryEvent event, @Nullable String stack) {

        /**
         * Puts together what a reporter tells of a job.
         *
         * @param event a change
         * @param stacks the stack traces of the job's runs
         * @return the change with the trace of the run that it ends
         */
        public static Traced of(HistoryEvent event, Map<Integer, String> stacks) {
            boolean endsRun = event.from() == JobStatus.RUNNING && event.to() != JobStatus.RUNNING;
            return new Traced(event, endsRun ? stacks.get(event.run().number()) : null);
        }
    }

    /**
     * A change, and of which job.
     *
     * @param change what changed
     */
    public record ChangeOfJob(Job job, HistoryEvent change) {}

    /**
     * A job's history.
     *
     * @param job how it stands
     * @param events every change, the oldest first
     */
    public record History(Job job, List<Traced> events) {}
}
