// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.HostStatus;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SlotKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Status of the hosts. The numbers of running jobs are counted from commits. */
final class HostOverview {

    private final HostStore hosts;
    /** Number of running jobs by host and type. */
    private final Map<UUID, Map<String, Integer>> running = new HashMap<>();

    HostOverview(HostStore hosts) {
        this.hosts = hosts;
    }

    synchronized void opened(StoreSnapshot snapshot) {
        running.clear();
        snapshot.running().forEach(job -> count(job, 1));
    }

    synchronized void committed(List<Committed> changes) {
        changes.forEach(change -> {
            count(change.before(), -1);
            count(change.after(), 1);
        });
    }

    private void count(@Nullable JobSummary job, int difference) {
        if (job != null && job.status() == JobStatus.RUNNING && job.incarnation() != null) {
            running.computeIfAbsent(job.incarnation(), host -> new HashMap<>())
                    .merge(job.lane().type(), difference, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    List<HostStatus> hosts() {
        Hosts now = hosts.hosts();
        return now.living().stream()
                .map(life -> status(life, life.incarnation().equals(now.self())))
                .toList();
    }

    /** Returns the load of all hosts together. */
    HostStatus.HostLoad slots() {
        return hosts().stream()
                .map(HostStatus::load)
                .reduce(
                        new HostStatus.HostLoad(0, 0, 0, 0),
                        (one, other) -> new HostStatus.HostLoad(
                                one.room() + other.room(),
                                one.running() + other.running(),
                                one.asyncRoom() + other.asyncRoom(),
                                one.asyncRunning() + other.asyncRunning()));
    }

    /**
     * Describes which of several hosts have room for a job of the lane. Returns an empty text if there is only one
     * host or none serves the lane.
     */
    String room(LaneKey lane) {
        List<HostStatus> all = hosts();
        List<HostStatus> serving = serving(all, lane);
        if (all.size() < 2 || serving.isEmpty()) {
            return "";
        }
        boolean isAsync = isAsync(lane.type());
        String slot = isAsync ? "slot of async.jobs" : "worker";
        List<HostStatus> free = serving.stream()
                .filter(host -> running(host, isAsync) < size(host, isAsync))
                .toList();
        return free.isEmpty()
                ? "; no host that serves it has a free " + slot + ": "
                        + serving.stream()
                                .map(host ->
                                        host.name() + " runs " + running(host, isAsync) + " of " + size(host, isAsync))
                                .collect(Collectors.joining(", "))
                : "; " + free.stream().map(HostStatus::name).collect(Collectors.joining(", "))
                        + (free.size() == 1 ? " has a free " : " have a free ") + slot;
    }

    private static int running(HostStatus host, boolean isAsync) {
        return isAsync ? host.load().asyncRunning() : host.load().running();
    }

    private static int size(HostStatus host, boolean isAsync) {
        return isAsync ? host.load().asyncRoom() : host.load().room();
    }

    /** Returns whether any host has an asynchronous handler for the type. */
    boolean isAsync(String type) {
        return hosts.hosts().living().stream()
                .flatMap(life -> life.offer().handlers().stream())
                .anyMatch(handler -> handler.type().equals(type) && handler.slots() == SlotKind.ASYNC);
    }

    /**
     * Returns the hosts with the version of the jobs' first run. Without such hosts, returns those with any version
     * that the jobs may use.
     */
    private static List<HostStatus> serving(List<HostStatus> all, LaneKey lane) {
        String begunWith = lane.handler().keptVersion();
        String only = "[" + begunWith + "," + begunWith + "]";
        List<HostStatus> stay = begunWith == null ? List.of() : serving(all, lane, only);
        return stay.isEmpty() ? serving(all, lane, lane.handlerVersion()) : stay;
    }

    private static List<HostStatus> serving(List<HostStatus> all, LaneKey lane, @Nullable String range) {
        return all.stream()
                .filter(host -> !host.draining() && serves(host, lane, range))
                .toList();
    }

    private static boolean serves(HostStatus host, LaneKey lane, @Nullable String range) {
        return host.handlers().stream()
                .filter(handler -> handler.type().equals(lane.type()))
                .anyMatch(handler ->
                        range == null || VersionRange.valueOf(range).includes(Version.parseVersion(handler.version())));
    }

    /** Returns the types for which other hosts have handlers. */
    Set<String> typesElsewhere() {
        Hosts now = hosts.hosts();
        return now.living().stream()
                .filter(life ->
                        !life.incarnation().equals(now.self()) && !life.offer().draining())
                .flatMap(life -> life.offer().handlers().stream())
                .map(HostHandler::type)
                .collect(Collectors.toSet());
    }

    private synchronized HostStatus status(HostIncarnation life, boolean here) {
        return new HostStatus(
                life.host(),
                new HostStatus.HostLife(
                        life.incarnation(), life.since(), life.offer().version(), life.leaseUntil()),
                life.leader(),
                load(life),
                life.offer().handlers().stream().map(HostOverview::handler).toList(),
                life.offer().draining(),
                here);
    }

    private HostStatus.HostLoad load(HostIncarnation life) {
        HostOffer offer = life.offer();
        Set<String> async = offer.handlers().stream()
                .filter(handler -> handler.slots() == SlotKind.ASYNC)
                .map(HostHandler::type)
                .collect(Collectors.toSet());
        int threads = 0;
        int waiting = 0;
        for (Map.Entry<String, Integer> jobs :
                running.getOrDefault(life.incarnation(), Map.of()).entrySet()) {
            threads += async.contains(jobs.getKey()) ? 0 : jobs.getValue();
            waiting += async.contains(jobs.getKey()) ? jobs.getValue() : 0;
        }
        return new HostStatus.HostLoad(
                offer.slots().threads(), threads, offer.slots().async(), waiting);
    }

    private static HostStatus.HandlerOnHost handler(HostHandler handler) {
        return new HostStatus.HandlerOnHost(
                handler.type(), handler.name().version(), handler.name().bundle());
    }
}
