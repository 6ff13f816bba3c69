// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.QueuePause;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.StartRule;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import io.jobyard.api.spi.auditing.AuditRow;
import io.jobyard.api.spi.auditing.HistorySeals;
import io.jobyard.api.spi.following.FeedSize;
import io.jobyard.api.spi.hosting.HostOffer;
import io.jobyard.api.spi.hosting.Hosts;
import io.jobyard.api.spi.limiting.LimitUse;
import io.jobyard.api.spi.limiting.UseReport;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import io.jobyard.api.spi.scheduling.Claimed;
import io.jobyard.api.spi.scheduling.JobRemoval;
import io.jobyard.api.spi.scheduling.ReleaseRule;
import io.jobyard.api.spi.scheduling.ReleaseSlice;
import io.jobyard.testkit.AllStores;
import io.jobyard.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One incarnation's store: the rows outlive it, all that is on its way ends with it. Tells the model what it does. */
final class SimulatedStore implements AllStores, CommitListener {

    private final World world;
    private final InMemoryStore memory;
    private final Committer committer;
    private final List<Committed> untold = new ArrayList<>();

    SimulatedStore(World world, InMemoryStore memory, Consumer<List<Committed>> listeners) {
        this.world = world;
        this.memory = memory;
        this.committer = new Committer(world, () -> {
            List<Committed> changes = List.copyOf(untold);
            untold.clear();
            listeners.accept(changes);
        });
        memory.listen(this);
    }

    InMemoryStore memory() {
        return memory;
    }

    Committer committer() {
        return committer;
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        // the lanes begin from a snapshot of their own
    }

    @Override
    public void committed(List<Committed> changes) {
        untold.addAll(changes);
    }

    @Override
    public void awaitListeners() {
        throw new UnsupportedOperationException("nobody asks for numbers here");
    }

    @Override
    public UUID incarnation() {
        return memory.incarnation();
    }

    @Override
    public String host() {
        return memory.host();
    }

    @Override
    public CompletableFuture<Void> admit(List<AdmittedJob> jobs) {
        boolean refused = world.inThousand(world.knobs.refuse());
        boolean unsaid = refused && world.chance(50); // stored, and its answer is lost
        return committer.admit(
                () -> memory.admit(jobs).thenCompose(stored -> {
                    world.life.admitted(jobs);
                    return unsaid
                            ? CompletableFuture.failedFuture(new StoreException("the answer is lost", null))
                            : CompletableFuture.completedFuture(null);
                }),
                refused && !unsaid);
    }

    @Override
    public CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule) {
        if (rule == null) {
            return move(move, List.of(move), () -> memory.move(move));
        }
        boolean fails = world.inThousand(world.knobs.refuse());
        List<Move> decided = new ArrayList<>(List.of(move));
        ReleaseRule watched = (dependent, ended) -> {
            if (fails) {
                throw new IllegalStateException("the rule fails in the simulator");
            }
            decided.add(rule.release(dependent, ended));
            return decided.get(decided.size() - 1);
        };
        return move(move, decided, () -> memory.move(move, watched));
    }

    private CompletableFuture<Boolean> move(Move move, List<Move> decided, Supplier<CompletableFuture<Boolean>> work) {
        boolean refused = world.inThousand(world.knobs.refuse());
        if (refused && move.before().job().status() == JobStatus.RUNNING) {
            world.life.refused(move.before());
        }
        return changed(decided, work, refused);
    }

    @Override
    public CompletableFuture<Claimed> claim(List<Taken> places, StartRule rule) {
        OrderModel order = world.host.order;
        order.taken(places);
        List<Move> decided = new ArrayList<>();
        StartRule watched = (job, place) -> {
            if (world.inThousand(world.knobs.refuse())) {
                throw new StoreException("the start of " + job.id() + " is refused by the simulator", null);
            }
            Move start = rule.start(job, place);
            decided.add(start);
            return start;
        };
        return changed(decided, () -> memory.claim(places, watched), world.inThousand(world.knobs.refuse()))
                .thenApply(claimed -> {
                    order.gone(claimed.gone());
                    return claimed;
                });
    }

    private <T> CompletableFuture<T> changed(List<Move> decided, Supplier<CompletableFuture<T>> work, boolean refused) {
        return committer.move(
                () -> {
                    int before = untold.size();
                    return work.get().thenApply(stored -> {
                        untold.subList(before, untold.size()).forEach(change -> world.life.moved(change, decided));
                        return stored;
                    });
                },
                refused);
    }

    @Override
    public List<Assignment> assigned(List<JobEvent> starts) {
        return memory.assigned(starts);
    }

    @Override
    public CompletableFuture<Void> report(UseReport report) {
        return memory.report(report);
    }

    @Override
    public void offer(HostOffer offer) {
        memory.offer(offer);
    }

    @Override
    public CompletableFuture<Boolean> askToDrain(UUID asked, boolean drains, AuditEntry audit) {
        return memory.askToDrain(asked, drains, audit);
    }

    @Override
    public void post(String topic, String text) {
        memory.post(topic, text);
    }

    @Override
    public Map<UUID, String> read(String topic) {
        return memory.read(topic);
    }

    @Override
    public Optional<Duration> leaseLeft() {
        return memory.leaseLeft();
    }

    @Override
    public Hosts hosts() {
        return memory.hosts();
    }

    @Override
    public CompletableFuture<Void> released(Collection<JobId> parents) {
        return committer.move(() -> memory.released(parents), world.inThousand(world.knobs.refuse()));
    }

    @Override
    public CompletableFuture<Void> log(JobId id, List<LogLine> lines) {
        return committer.move(() -> memory.log(id, lines), false);
    }

    @Override
    public CompletableFuture<Void> served(Collection<String> types) {
        return committer.move(() -> memory.served(types), world.inThousand(world.knobs.refuse()));
    }

    @Override
    public CompletableFuture<Void> remember(Collection<LimitUse> uses) {
        return committer.move(() -> memory.remember(uses), false);
    }

    @Override
    public List<LimitUse> uses() {
        return memory.uses();
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return memory.append(entry);
    }

    @Override
    public List<AuditRow> rows(UUID life, long after, int limit) {
        return memory.rows(life, after, limit);
    }

    @Override
    public Optional<AuditRow> last() {
        return memory.last();
    }

    @Override
    public CompletableFuture<Void> cut(UUID life, long upTo) {
        return committer.move(() -> memory.cut(life, upTo), false);
    }

    @Override
    public List<HistorySeals> historySeals() {
        return memory.historySeals();
    }

    @Override
    public Optional<String> verifyHistories() {
        return memory.verifyHistories();
    }

    @Override
    public List<UUID> audited() {
        return memory.audited();
    }

    @Override
    public List<UUID> lives() {
        return memory.lives();
    }

    @Override
    public CompletableFuture<Void> pause(QueuePause pause, AuditEntry audit) {
        throw new UnsupportedOperationException("no queue is paused here");
    }

    @Override
    public CompletableFuture<Void> resume(String queue, AuditEntry audit) {
        throw new UnsupportedOperationException("no queue is paused here");
    }

    @Override
    public List<QueuePause> pauses() {
        return memory.pauses();
    }

    /** What was read may be old when the reader goes on. */
    private <T> T read(Supplier<T> question) {
        world.mayCrash();
        if (world.inThousand(world.knobs.unread())) {
            throw new StoreException("unreadable by the simulator", null);
        }
        T answer = question.get();
        world.pause();
        return answer;
    }

    @Override
    public Set<String> servedTypes() {
        return read(memory::servedTypes);
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return read(() -> memory.job(id));
    }

    @Override
    public Map<JobId, StoredJob> jobs(Collection<JobId> ids) {
        return read(() -> memory.jobs(ids));
    }

    @Override
    public Optional<JobId> keyHolder(String submitter, String key) {
        return read(() -> memory.keyHolder(submitter, key));
    }

    @Override
    public List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return read(() -> memory.ready(lane, after, limit));
    }

    @Override
    public List<StoredJob> lostRuns(int limit) {
        return read(() -> memory.lostRuns(limit));
    }

    @Override
    public List<StoredJob> due(Instant until, int limit) {
        return read(() -> memory.due(until, limit));
    }

    @Override
    public Optional<Instant> nextDue() {
        return read(memory::nextDue);
    }

    @Override
    public ReleaseSlice releases(int limit) {
        return read(() -> memory.releases(limit));
    }

    @Override
    public List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return read(() -> memory.endedBecauseOf(parent, after, limit));
    }

    @Override
    public Map<JobId, List<JobId>> dependencies(Collection<JobId> ids) {
        return read(() -> memory.dependencies(ids));
    }

    @Override
    public Optional<String> payload(JobId id) {
        return read(() -> memory.payload(id));
    }

    @Override
    public Map<JobId, String> results(Collection<JobId> ids) {
        return read(() -> memory.results(ids));
    }

    @Override
    public List<LogLine> log(JobId id) {
        return read(() -> memory.log(id));
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return read(() -> memory.history(id));
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        return read(() -> memory.histories(ids));
    }

    @Override
    public JobRemoval removal() {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        return read(() -> memory.events(after, limit));
    }

    @Override
    public EventCursor newest() {
        return read(memory::newest);
    }

    @Override
    public CompletableFuture<Boolean> cut(Instant before, long mostBytes) {
        throw new UnsupportedOperationException("nothing is cut here");
    }

    @Override
    public FeedSize size() {
        return read(memory::size);
    }

    @Override
    public JobPage find(JobQuery query, Set<String> routed) {
        return read(() -> memory.find(query, routed));
    }

    @Override
    public List<JobId> endingWith(String ending, int limit) {
        return read(() -> memory.endingWith(ending, limit));
    }
}
