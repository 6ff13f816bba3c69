// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.StatusReporter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job in JSON. Every key is always there. */
final class JobJson {

    private final StatusReporter status;

    JobJson(StatusReporter status) {
        this.status = status;
    }

    /** All of a job. */
    Map<String, @Nullable Object> whole(JobId id) {
        Job job = status.status(id);
        Map<String, @Nullable Object> json = brief(job);
        json.put(
                "dependencies",
                status.dependencies(id).stream().map(JobId::toString).toList());
        json.put("payload", status.payload(id));
        json.put("result", status.result(id).result());
        return json;
    }

    /** A job without its payload and its result, which may be large. */
    Map<String, @Nullable Object> brief(Job job) {
        JobTerms terms = job.terms();
        JobState state = job.state();
        Map<String, @Nullable Object> json = Json.object(
                "id", job.id().toString(),
                "type", job.type(),
                "status", job.status().text(),
                "reason", reason(state.reason()),
                "priority", terms.priority(),
                "queue", status.queue(job),
                "submitter", job.submitter(),
                "run", state.run(),
                "attempt", state.attempt(),
                "maxRetries", terms.maxRetries(),
                "timeoutSeconds", Json.seconds(terms.timeout()),
                "createdAt", Json.instant(job.createdAt()),
                "startedAt", Json.instant(state.startedAt()),
                "completedAt", Json.instant(state.completedAt()),
                "error", state.error(),
                "labels", terms.labels());
        json.put("key", terms.key());
        json.put("ifDependencyFails", terms.ifDependencyFails().text());
        json.put("notBefore", Json.instant(terms.notBefore()));
        json.put("expires", Json.instant(terms.expires()));
        json.put("handlerVersion", terms.handlerVersion());
        json.put("limits", terms.limits());
        json.put("estimate", terms.estimate());
        json.put("host", state.host());
        json.put("changedAt", Json.instant(state.changedAt()));
        json.put("progress", status.progress(job.id()).map(JobJson::progress).orElse(null));
        return json;
    }

    static @Nullable String reason(@Nullable Reason reason) {
        return reason == null ? null : reason.text();
    }

    private static Map<String, @Nullable Object> progress(Progress progress) {
        return Json.object(
                "done", progress.done(),
                "total", progress.total(),
                "text", progress.text(),
                "at", Json.instant(progress.at()));
    }
}
