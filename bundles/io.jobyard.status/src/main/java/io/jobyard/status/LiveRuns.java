// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.RunNotice;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.running.RunMonitor;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Running jobs, from the workers of this host and the notices of other hosts. */
final class LiveRuns {

    private final RunMonitor workers;
    private final HostNotices notices;

    LiveRuns(RunMonitor workers, HostNotices notices) {
        this.workers = workers;
        this.notices = notices;
    }

    /** Returns the job's current run if it is on this host. */
    Optional<LiveRun> here(Job job) {
        return workers.run(job.id()).filter(run -> isAt(job, run));
    }

    /** Returns the job's current run on any host, as its host reported it last. */
    Optional<LiveRun> anywhere(StoredJob stored) {
        Job job = stored.job();
        UUID holder = stored.incarnation();
        Optional<LiveRun> here = here(job);
        if (here.isPresent() || holder == null || job.status() != JobStatus.RUNNING) {
            return here;
        }
        Map<UUID, String> told = notices.read(HostNotices.RUNS);
        return Optional.ofNullable(told.get(holder))
                .map(text -> RunNotice.read(text).get(job.id()))
                .filter(run -> isAt(job, run));
    }

    private static boolean isAt(Job job, LiveRun run) {
        return run.run() == job.state().run().number();
    }

    boolean isHostStopping() {
        return workers.workers().stopping();
    }
}
