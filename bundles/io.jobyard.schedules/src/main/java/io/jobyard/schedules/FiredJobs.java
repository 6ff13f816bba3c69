// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.schedules.FiredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs for times of a schedule, created according to the earlier jobs.
 *
 * @param skipped number of times without a job because an earlier job is unfinished
 */
record FiredJobs(List<FiredJob> jobs, int skipped) {

    FiredJobs {
        jobs = List.copyOf(jobs);
    }

    /** Creates jobs for times, in order, and cancels earlier jobs if the policy requires it. */
    static FiredJobs of(Plan plan, List<Instant> times, EarlierJobs earlier, ScheduleServices services) {
        OverlapPolicy overlap = plan.asked().overlap();
        List<JobId> open = earlier.open();
        Instant last = earlier.lastCompleted();
        if (times.isEmpty() || overlap == OverlapPolicy.ALLOW) {
            return new FiredJobs(specified(plan, times, List.of(), last), 0);
        }
        if (overlap == OverlapPolicy.SKIP) {
            List<Instant> first = open.isEmpty() ? times.subList(0, 1) : List.of();
            return new FiredJobs(specified(plan, first, List.of(), last), times.size() - first.size());
        }
        if (overlap == OverlapPolicy.CANCEL) {
            List<Instant> newest = times.subList(times.size() - 1, times.size());
            open.forEach(job -> cancel(job, plan, services));
            return new FiredJobs(specified(plan, newest, open, last), times.size() - 1);
        }
        return new FiredJobs(specified(plan, times, open, last), 0);
    }

    private static void cancel(JobId job, Plan plan, ScheduleServices services) {
        try {
            services.managers().of(plan.owner()).cancel(job);
        } catch (StateConflictException e) {
            // the job has finished meanwhile, which has the same effect
        }
    }

    /** Adds dependencies. If new jobs wait for earlier ones, each of them also waits for its predecessor. */
    private static List<FiredJob> specified(
            Plan plan, List<Instant> times, List<JobId> open, @Nullable Instant lastCompleted) {
        OverlapPolicy overlap = plan.asked().overlap();
        boolean waits = overlap == OverlapPolicy.QUEUE || overlap == OverlapPolicy.CANCEL;
        List<FiredJob> jobs = new ArrayList<>();
        for (Instant time : times) {
            JobSpecificationBuilder job = ScheduleChecks.job(plan, time, lastCompleted).toBuilder();
            if (waits) {
                job.name("n" + jobs.size()).ifDependencyFails(DependencyPolicy.RUN);
                if (jobs.isEmpty()) {
                    job.dependsOn(open.toArray(JobId[]::new));
                } else {
                    job.dependsOn("n" + (jobs.size() - 1));
                }
            }
            jobs.add(new FiredJob(ScheduleChecks.fire(plan, time), job.build()));
        }
        return jobs;
    }
}
