// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.EventView.Traced;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tools that look after jobs of any type. Their answers are the JSON that every face gives. */
enum HostTool {
    LIST(
            "list_jobs",
            "List jobs",
            "Lists jobs, the youngest first: those that the caller may see.",
            ToolAnnotations.reads(),
            JobView.JOBS) {
        @Override
        Map<String, Object> properties() {
            Map<String, Object> properties = ListFilter.properties();
            properties.put("after", described("Only jobs behind this one: what the page before said as next."));
            properties.put(
                    "limit",
                    Map.of(
                            "type",
                            "integer",
                            "minimum",
                            1,
                            "maximum",
                            MOST,
                            "description",
                            "How many, " + FEW + " if left out."));
            return properties;
        }

        @Override
        Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments) {
            String after = arguments.text("after");
            JobQuery query = JobQuery.of(ListFilter.of(arguments), arguments.number("limit", FEW, MOST));
            return JobView.JOBS.json(new Reported<>(
                    reporter.find(after == null ? query : query.withAfter(reporter.resolve(after))), reporter));
        }
    },
    EXPLAIN(
            "explain_job",
            "Explain a job",
            "Says why a job does not run just now, since when it runs, or how it ended.",
            ToolAnnotations.reads(),
            BlockerView.EXPLANATION) {
        @Override
        Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments) {
            return BlockerView.EXPLANATION.json(reporter.explain(id(reporter, arguments)));
        }
    },
    HISTORY(
            "job_history",
            "History of a job",
            "Tells every change of a job, the oldest first, with errors and who did it.",
            ToolAnnotations.reads(),
            EventView.HISTORY) {
        @Override
        Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments) {
            JobId id = id(reporter, arguments);
            Map<Integer, String> stacks = reporter.stacks(id);
            List<HistoryEvent> events = reporter.history(id);
            return EventView.HISTORY.json(new EventView.History(
                    reporter.status(id),
                    events.stream().map(event -> Traced.of(event, stacks)).toList()));
        }
    },
    CANCEL(
            "cancel_job",
            "Cancel a job",
            "Ends a job. One that runs is asked to end, and is cancelled a little later.",
            ToolAnnotations.changes(true, true, false),
            ChangeView.CHANGED) {
        @Override
        Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments) {
            return changed(jobs.cancel(id(reporter, arguments)));
        }
    },
    RETRY(
            "retry_job",
            "Retry a job",
            "Gives a failed or cancelled job another life, with all its attempts.",
            ToolAnnotations.changes(false, false, true),
            ChangeView.CHANGED) {
        @Override
        Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments) {
            return changed(jobs.retry(id(reporter, arguments)));
        }
    },
    RESULT(
            "job_result",
            "Result of a job",
            "Gives what a job came to: its result if it is completed, or its error.",
            ToolAnnotations.reads(),
            JobView.RESULT) {
        @Override
        Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments) {
            return JobView.RESULT.json(reporter.result(id(reporter, arguments)));
        }
    };

    private static final String PREFIX = "jobyard_";
    private static final int FEW = 20;
    private static final int MOST = 100;

    private final String text;
    private final String title;
    private final String description;
    private final Map<String, Object> annotations;
    private final View<?> answers;

    HostTool(String text, String title, String description, Map<String, Object> annotations, View<?> answers) {
        this.text = text;
        this.title = title;
        this.description = description;
        this.annotations = annotations;
        this.answers = answers;
    }

    static Optional<HostTool> named(String name) {
        return Arrays.stream(values()).filter(tool -> tool.text().equals(name)).findFirst();
    }

    /** Its name as a tool. */
    String text() {
        return PREFIX + text;
    }

    Map<String, Object> properties() {
        return Map.of("id", described("The job's id, or the last characters of it."));
    }

    abstract Map<String, @Nullable Object> answer(JobManager jobs, StatusReporter reporter, ToolArguments arguments);

    Map<String, Object> json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties());
        if (this != LIST) {
            schema.put("required", List.of("id"));
        }
        schema.put("additionalProperties", false);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", text());
        json.put("title", title);
        json.put("description", description);
        json.put("inputSchema", schema);
        json.put("outputSchema", OutputSchema.of(answers));
        json.put("annotations", annotations);
        return json;
    }

    private static Map<String, Object> described(String description) {
        return Map.of("type", "string", "description", description);
    }

    private static JobId id(StatusReporter reporter, ToolArguments arguments) {
        return reporter.resolve(arguments.id());
    }

    private static Map<String, @Nullable Object> changed(Job job) {
        return ChangeView.CHANGED.json(new ChangeView.Changed(List.of(job), List.of()));
    }
}
