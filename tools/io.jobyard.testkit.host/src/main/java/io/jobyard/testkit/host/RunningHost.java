// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.ScheduleManager;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Host with its jobs, services and clock, through all its incarnations. Safe for use by several threads. */
abstract sealed class RunningHost implements AutoCloseable permits TestHost {

    private static final int MOST_JOBS = 1_000;

    final Engine engine;

    RunningHost(Engine engine) {
        this.engine = engine;
    }

    /**
     * Returns a job by its id, for example a job that a handler submitted.
     *
     * @param id the id of a job of this host
     * @return the job
     * @throws io.jobyard.api.JobNotFoundException if the host has no such job
     */
    public TestJob job(JobId id) {
        engine.ask(jobs -> jobs.job(id));
        return new TestJob(id, engine);
    }

    /**
     * Returns all jobs of a type, for example those of a schedule, or those that a handler submitted.
     *
     * @param type the job type
     * @return the jobs in the order of their submission; only the latest 1,000
     */
    public List<TestJob> jobsOf(String type) {
        JobQuery query = JobQuery.of(JobFilter.ALL.withType(type), MOST_JOBS);
        return engine.life().store.find(query, Set.of()).jobs().stream()
                .map(Job::id)
                .sorted()
                .map(id -> new TestJob(id, engine))
                .toList();
    }

    /**
     * Returns how often the host has died.
     *
     * @return 0 if the chosen commit has not occurred
     */
    public int deaths() {
        return engine.deaths();
    }

    /** Returns this host; closes it and throws an exception if it has refused a handler. */
    TestHost checked() {
        engine.life().refusal().ifPresent(reason -> {
            close();
            throw new IllegalArgumentException("a host refuses the handler: " + reason);
        });
        return (TestHost) this;
    }

    /** Returns output that was not stored with the commit after which the host died. */
    List<String> lostOutput() {
        return engine.around.notes().lost();
    }

    /**
     * Lists the commits of the first handler's runs, including the one at which the host died. Commits are each step,
     * each wait, the end of each wait, and the end of each run; for example {@code step 'draft'}.
     *
     * @return the commits, in order
     */
    public List<String> commits() {
        return engine.around.commits().passed();
    }

    /**
     * Returns the host's clock, for handlers with a {@link Clock}.
     *
     * @return a clock that only {@link TestHost#advance} moves; it starts at 2030-01-01T00:00:00Z
     */
    public Clock clock() {
        return engine.clock();
    }

    /**
     * Returns the job manager, for handlers that submit jobs. Their jobs start at the test's next call of the host.
     *
     * @return a job manager with the submitter {@code test}, for all incarnations of the host
     */
    public JobManager jobs() {
        return ServiceCall.around(JobManager.class, engine.life().jobs, call -> call.at(engine.life().jobs));
    }

    /**
     * Returns the schedule manager. {@link TestHost#advance} submits the jobs of its schedules at their times.
     *
     * @return a schedule manager with the owner {@code test}, for all incarnations of the host
     */
    public ScheduleManager schedules() {
        return ServiceCall.around(
                ScheduleManager.class,
                engine.life().schedules(),
                call -> call.at(engine.life().schedules()));
    }

    /** Closes the host and interrupts handlers that still run. */
    @Override
    public void close() {
        engine.stop();
    }
}
