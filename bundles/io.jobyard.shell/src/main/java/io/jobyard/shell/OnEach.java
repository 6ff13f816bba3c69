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
    private final BiFunction<JobManager, JobId, List<Job>> what;

    OnEach(Callers callers, BiFunction<JobManager, JobId, List<Job>> what) {
        this.callers = callers;
        this.what = what;
    }

    /** Returns the exit code: 0 if it was done to all. */
    int run(IdsOptions options, Screen screen) {
        return run(options, screen, new ArrayList<>());
    }

    /** The faults may become more while it is done: of other jobs that go with these. */
    int run(IdsOptions options, Screen screen, List<Map<String, @Nullable Object>> faults) {
        JobManager user = callers.jobs(options, screen);
        StatusReporter status = callers.status(options, screen);
        if (options.ids.size() == 1) {
            answer(what.apply(user, status.resolve(options.ids.get(0))), faults, options, screen);
            return faults.isEmpty() ? 0 : 1;
        }
        List<Job> done = new ArrayList<>();
        for (String id : options.ids) {
            try {
                done.addAll(what.apply(user, status.resolve(id)));
            } catch (JobyardException e) {
                faults.add(fault(id, e));
            }
        }
        answer(done, faults, options, screen);
        return faults.isEmpty() ? 0 : 1;
    }

    static Map<String, @Nullable Object> fault(String id, JobyardException e) {
        return Json.object("id", id, "code", e.code(), "message", e.getMessage());
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
