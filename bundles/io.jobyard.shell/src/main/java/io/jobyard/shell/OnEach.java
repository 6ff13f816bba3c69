// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Does one thing to each of several jobs; what cannot be done to one does not keep it from the others. */
final class OnEach {

    private final Callers callers;
    private final BiFunction<JobManager, JobId, Job> what;

    OnEach(Callers callers, BiFunction<JobManager, JobId, Job> what) {
        this.callers = callers;
        this.what = what;
    }

    /** Returns the exit code: 0 if it was done to all. */
    int run(IdsOptions options, Screen screen) {
        JobManager user = callers.jobs(options, screen);
        StatusReporter status = callers.status(options, screen);
        if (options.ids.size() == 1) {
            answer(List.of(what.apply(user, status.resolve(options.ids.get(0)))), List.of(), options, screen);
            return 0;
        }
        List<Job> done = new ArrayList<>();
        List<Map<String, @Nullable Object>> faults = new ArrayList<>();
        for (String id : options.ids) {
            try {
                done.add(what.apply(user, status.resolve(id)));
            } catch (JobyardException e) {
                faults.add(Json.object("id", id, "code", e.code(), "message", e.getMessage()));
            }
        }
        answer(done, faults, options, screen);
        return faults.isEmpty() ? 0 : 1;
    }

    private static void answer(
            List<Job> done, List<Map<String, @Nullable Object>> faults, IdsOptions options, Screen screen) {
        if (options.json) {
            screen.json(Json.object("jobs", done.stream().map(OnEach::json).toList(), "errors", faults));
            return;
        }
        done.forEach(job -> screen.painted(job.id() + " " + screen.paint(Screen.plain(JobText.state(job)))));
        faults.forEach(fault -> screen.error(String.valueOf(fault.get("message"))));
    }

    private static Map<String, @Nullable Object> json(Job job) {
        return Json.object("id", job.id().toString(), "status", job.status().text());
    }
}
