// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.WantedHandler;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Which hosts have room for which jobs, as one of them has heard. */
final class RoomModel {

    private final SimulatedHost host;
    private final Map<JobId, UUID> running = new HashMap<>();
    private List<HostIncarnation> others = List.of();
    private boolean drains;
    private int left;

    RoomModel(SimulatedHost host) {
        this.host = host;
    }

    void hosts(Hosts now) {
        others = now.living().stream()
                .filter(life -> !life.incarnation().equals(host.incarnation))
                .toList();
        drains = now.living().stream()
                .anyMatch(life -> life.incarnation().equals(host.incarnation)
                        && life.offer().draining());
    }

    void follow(JobSummary job) {
        if (job.status() == JobStatus.RUNNING) {
            running.put(job.id(), job.incarnation());
        } else {
            running.remove(job.id());
        }
    }

    /** This host takes so many more; returns how many it took before. */
    int begin(int here) {
        int before = left;
        left = here;
        return before;
    }

    boolean isOpen(LaneKey of, Collection<ClaimCandidate> out) {
        LaneKey lane = asked(of);
        return left > 0 && !drains && host.handlers.open(lane)
                || others.stream().anyMatch(other -> takes(other, lane, out));
    }

    /** A job that has begun stays with its version while any host has that. */
    private LaneKey asked(LaneKey lane) {
        String begunWith = lane.handler().keptVersion();
        if (begunWith == null) {
            return lane;
        }
        LaneKey only = lane.with(WantedHandler.in("[" + begunWith + "," + begunWith + "]"));
        boolean stays = host.handlers.open(only) || others.stream().anyMatch(other -> serves(other, only));
        return stays ? only : lane.with(WantedHandler.in(lane.handlerVersion()));
    }

    private static boolean serves(HostIncarnation other, LaneKey lane) {
        return other.offer().handlers().stream()
                .anyMatch(handler -> handler.type().equals(lane.type())
                        && includes(lane, handler.name().version()));
    }

    private boolean takes(HostIncarnation other, LaneKey lane, Collection<ClaimCandidate> out) {
        long held =
                running.values().stream().filter(other.incarnation()::equals).count()
                        + out.stream().filter(job -> isOn(job, other)).count();
        return !other.offer().draining() && other.offer().slots().threads() > held && serves(other, lane);
    }

    private static boolean isOn(ClaimCandidate job, HostIncarnation other) {
        return job.elsewhere() != null && job.elsewhere().incarnation().equals(other.incarnation());
    }

    private static boolean includes(LaneKey lane, String version) {
        return lane.handlerVersion() == null
                || VersionRange.valueOf(lane.handlerVersion()).includes(Version.valueOf(version));
    }

    /** A job is handed out: the host that it is for must have room for it. */
    void takes(ClaimCandidate job, Collection<ClaimCandidate> out) {
        if (job.elsewhere() == null) {
            left--;
            return;
        }
        boolean fits = others.stream().anyMatch(other -> isOn(job, other) && takes(other, asked(job.lane()), out));
        Violation.unless(fits, job.position().id(), () -> "starts where there is no room for it: " + job.elsewhere());
    }
}
