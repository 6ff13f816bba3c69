// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.Gate;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Other hosts beside the one whose lanes a test has. */
final class HostsFixture {

    private final LanesFixture fixture;
    private final Map<UUID, HostIncarnation> others = new LinkedHashMap<>();
    private HostOffer own = new HostOffer(new Slots(4, 0), List.of(), false, "1");
    boolean leader = true;

    HostsFixture(LanesFixture fixture) {
        this.fixture = fixture;
    }

    static HostHandler handler(String type, String version, String... limits) {
        return new HostHandler(type, new HandlerName(version, "test " + version), Set.of(limits), null);
    }

    static HostHandler async(String type) {
        return new HostHandler(
                type, new HandlerName("1.0.0", "test 1.0.0"), Set.of(), null, false, null, SlotKind.ASYNC);
    }

    /** What the host of the lanes has told of itself. */
    void own(int room, boolean draining) {
        own = new HostOffer(new Slots(room, 0), List.of(), draining, "1");
        told();
    }

    /** Another host comes, or has another offer. */
    UUID other(int number, int room, HostHandler... handlers) {
        return other(number, new HostOffer(new Slots(room, 0), List.of(handlers), false, "1"));
    }

    UUID other(int number, Slots slots, HostHandler... handlers) {
        return other(number, new HostOffer(slots, List.of(handlers), false, "1"));
    }

    UUID draining(int number, int room, HostHandler... handlers) {
        return other(number, new HostOffer(new Slots(room, 0), List.of(handlers), true, "1"));
    }

    private UUID other(int number, HostOffer offer) {
        UUID id = id(number);
        others.put(
                id, new HostIncarnation(id, "host-" + number + ":1", LanesFixture.START, null, !leader, offer, null));
        told();
        return id;
    }

    HostIncarnation life(int number) {
        return others.get(id(number));
    }

    static UUID id(int number) {
        return new UUID(9, number);
    }

    /** Another one is the leader from now on, or this one. */
    void leader(boolean now) {
        leader = now;
        others.replaceAll(
                (id, life) -> new HostIncarnation(id, life.host(), life.since(), null, !now, life.offer(), null));
        told();
    }

    void ends(UUID id) {
        others.remove(id);
        told();
    }

    void told() {
        UUID self = fixture.store.incarnation();
        List<HostIncarnation> living = new ArrayList<>(others.values());
        living.add(0, new HostIncarnation(self, "here", Instant.EPOCH, null, leader, own, null));
        fixture.lanes.follower.hosts(new Hosts(self, living));
    }

    /** The handlers of the lanes' host do these types only. */
    Gate serves(Set<String> types) {
        Gate gate = new Gate() {
            @Override
            public String name() {
                return "handler";
            }

            @Override
            public boolean ofHost() {
                return true;
            }

            @Override
            public boolean open(LaneKey lane) {
                return types.contains(lane.type());
            }

            @Override
            public String detail(LaneKey lane) {
                return "none for " + lane.type();
            }
        };
        fixture.gates.add(gate);
        return gate;
    }

    /** Takes with so much room on the lanes' host: types and where they start. */
    List<String> take(int here) {
        return take(new Slots(here, 0));
    }

    /** Takes with these free slots on the lanes' host: types and where they start. */
    List<String> take(Slots here) {
        return start(fixture.take(here)).map(HostsFixture::told).toList();
    }

    private Stream<ClaimCandidate> start(List<ClaimCandidate> taken) {
        taken.forEach(job -> starts(
                job.position().id(),
                job.elsewhere() == null
                        ? fixture.store.incarnation()
                        : job.elsewhere().incarnation()));
        return taken.stream();
    }

    private static String told(ClaimCandidate job) {
        return job.lane().type() + " "
                + (job.elsewhere() == null
                        ? "here"
                        : job.elsewhere().host() + " "
                                + job.elsewhere().handler().version());
    }

    /** The start of a job is stored, by this host. */
    void starts(JobId id, UUID on) {
        StoredJob job = fixture.store.job(id).orElseThrow();
        fixture.store.move(move(job, JobStatus.RUNNING, null, null, on)).join();
    }

    /** Another host tells of a change that it has made, which the store has too. */
    void commits(JobId id, JobStatus to, @Nullable Reason reason, @Nullable Instant startedAt, @Nullable UUID holder) {
        StoredJob job = fixture.store.job(id).orElseThrow();
        Move move = move(job, to, reason, startedAt, holder);
        elsewhere = true;
        try {
            fixture.store.move(move).join();
        } finally {
            elsewhere = false;
        }
    }

    /** Whether what the store commits now counts as another host's. */
    boolean elsewhere;

    List<Committed> asTold(List<Committed> changes) {
        return changes.stream()
                .map(change ->
                        new Committed(change.before(), change.after(), change.releases(), change.event(), elsewhere))
                .toList();
    }

    private Move move(
            StoredJob job, JobStatus to, @Nullable Reason reason, @Nullable Instant startedAt, @Nullable UUID holder) {
        SchedulingState books = job.books();
        SchedulingState after =
                new SchedulingState(books.version() + 1, 0, books.losses(), false, holder, books.readyAt(), null);
        JobState state = new JobState(
                to,
                reason,
                fixture.clock.instant(),
                null,
                null,
                new JobState.RunState(1, 1, startedAt, null, null, null));
        return new Move(job, state, after, null, null, EdgeChange.NONE);
    }
}
