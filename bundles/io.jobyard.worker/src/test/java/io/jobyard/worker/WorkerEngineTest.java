// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.cluster.RunNotice;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.JobStore;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The workers as a host has them: they fetch by themselves. */
@Timeout(60)
@SuppressWarnings("unchecked") // a stub has no types
class WorkerEngineTest {

    private static final StoreSnapshot EMPTY = StoreSnapshot.EMPTY;

    private final WorkerFixture workers = new WorkerFixture();
    private final AssignmentFixture assignments = new AssignmentFixture(workers.store.incarnation());
    private final BlockingQueue<Assignment> ready = new LinkedBlockingQueue<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final JobScheduler scheduler = Stub.<JobScheduler>of(JobScheduler.class)
            .on("startAdmitted", arguments -> null)
            .on("claim", arguments -> {
                events.add("claim");
                Assignment next = ready.poll(((Duration) arguments[1]).toMillis(), TimeUnit.MILLISECONDS);
                return next == null ? List.of() : List.of(next);
            })
            .on("finish", arguments -> {
                events.add(arguments[2].toString());
                return CompletableFuture.completedFuture(true);
            })
            .get();
    private final HandlerRegistry handlers = HandlerRegistry.of(Map.of("drain.timeout.seconds", 3600), workers.clock);
    private final Map<JobId, Assignment> durable = new ConcurrentHashMap<>();
    private final JobStore jobs = Stub.<JobStore>before(JobStore.class, workers.store)
            .on(
                    "assigned",
                    arguments -> ((List<JobEvent>) arguments[0])
                            .stream().map(JobEvent::job).map(durable::get).toList())
            .get();
    private final List<HostOffer> offers = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final HostStore hostStore = Stub.<HostStore>of(HostStore.class)
            .with("leaseLeft", Optional.empty())
            .on("offer", arguments -> {
                offers.add((HostOffer) arguments[0]);
                return null;
            })
            .get();
    private final WorkerEngine engine = new WorkerEngine(
            handlers,
            new WorkerStores(
                    jobs,
                    workers.store,
                    hostStore,
                    Stub.<HostNotices>of(HostNotices.class)
                            .on("post", arguments -> notices.add((String) arguments[1]) ? null : null)
                            .get(),
                    workers.store.usage(),
                    workers.store.work(),
                    new FakeSizeLimits()),
            scheduler,
            Stub.<QueueManager>of(QueueManager.class)
                    .with(
                            "runs",
                            Stub.<RunLimits>of(RunLimits.class)
                                    .with("begun", null)
                                    .get())
                    .with(
                            "claims",
                            Stub.<JobClaims>of(JobClaims.class)
                                    .with("wake", null)
                                    .get())
                    .get(),
            WorkerTime.of(workers.clock),
            "1.2.3");

    @AfterEach
    void end() {
        workers.exit.release(10_000);
        engine.stop();
        workers.end();
        engine.close(); // its threads too, which other tests look for
    }

    @Test
    void nothingIsFetchedBeforeTheStoreToldThatItIsOpen() {
        engine.start();
        assertThat(engine.dispatcher.isStarted()).isFalse();
        events.add("opened");
        engine.opened(EMPTY);
        await().until(() -> events.contains("claim"));
        engine.opened(EMPTY);
        assertThat(events).startsWith("opened", "claim");
    }

    @Test
    void anEngineThatIsNotStartedFetchesNothing() {
        engine.opened(EMPTY);
        assertThat(engine.dispatcher.isStarted()).isFalse();
        engine.stop();
        assertThat(events).isEmpty();
    }

    @Test
    void aCommittedCancelEndsTheRunThatWasFetched() {
        JobId id = begin();
        engine.committed(List.of(assignments.cancelled(id, WorkerFixture.RUN, workers.store.incarnation())));
        String cancelled = new Outcome.Cancelled().toString();
        await().until(() -> events.contains(cancelled));
    }

    @Test
    void aCommittedCancelClosesNoChannelOfAHandlerOnTheThreadThatTellsIt() {
        CompletableFuture<String> closedBy = new CompletableFuture<>();
        JobId id = begin(context -> new HandlersChannel(closedBy).read(() -> workers.waitForExit(context)));
        engine.committed(List.of(assignments.cancelled(id, WorkerFixture.RUN, workers.store.incarnation())));
        assertThat(closedBy).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("jobyard-watch-1");
    }

    /** Whoever interrupts a thread that reads from it runs its code. */
    private static final class HandlersChannel extends AbstractInterruptibleChannel {

        private final CompletableFuture<String> closedBy;

        HandlersChannel(CompletableFuture<String> closedBy) {
            this.closedBy = closedBy;
        }

        <T> T read(Callable<T> source) throws Exception {
            begin();
            try {
                return source.call();
            } finally {
                end(true);
            }
        }

        @Override
        protected void implCloseChannel() {
            closedBy.complete(Thread.currentThread().getName());
        }
    }

    @Test
    void aRunThatIsDrainedSaysUntilWhenItMayEnd() throws Exception {
        JobId id = begin();
        Thread stopping = new Thread(engine::stop);
        stopping.start();
        await().until(() -> engine.run(id).orElseThrow().ending() != null);
        assertThat(engine.run(id).orElseThrow().ending())
                .isEqualTo("the host is stopping: the run has until " + WorkerFixture.START.plusSeconds(3600)
                        + " to finish, then it is interrupted and its job is requeued");
        workers.exit.release();
        stopping.join();
        assertThat(events).contains(new Outcome.Completed("{}").toString());
    }

    @Test
    void aRunThatTheLeaderStartsHereIsFetchedAndDone() {
        handlers.all.add(workers.handle("work", context -> Map.of()));
        engine.start();
        engine.opened(EMPTY);

        engine.committed(List.of(startedElsewhere(new UUID(0, 2)), startedElsewhere(workers.store.incarnation())));

        String completed = new Outcome.Completed("{}").toString();
        await().until(() -> events.contains(completed));
        assertThat(events.stream().filter(completed::equals)).hasSize(1); // the other one is another host's
    }

    @Test
    void whatIsStartedHereAfterTheStopGoesBack() {
        engine.start();
        engine.opened(EMPTY);
        engine.stop();

        engine.committed(List.of(startedElsewhere(workers.store.incarnation())));

        await().until(() -> events.stream().anyMatch(event -> event.startsWith("GivenBack")));
        engine.close();
    }

    @Test
    void aHostThatStopsWaitsForTheLastRunsThatItIsGiven() throws Exception {
        engine.start();
        engine.opened(EMPTY);
        List<HostIncarnation> living = List.of(
                new HostIncarnation(
                        workers.store.incarnation(), "here", Instant.EPOCH, null, false, HostOffer.NOTHING, null),
                new HostIncarnation(new UUID(0, 2), "there", Instant.EPOCH, null, true, HostOffer.NOTHING, null));
        engine.hosts(new Hosts(workers.store.incarnation(), living));
        Thread stopping = new Thread(engine::stop);
        stopping.start();
        await().until(() -> engine.workers().stopping());

        engine.committed(List.of(startedElsewhere(workers.store.incarnation())));

        stopping.join();
        assertThat(events).anyMatch(event -> event.startsWith("GivenBack"));
    }

    private Committed startedElsewhere(UUID on) {
        Assignment run = new AssignmentFixture(on).of("work", null, "{}", 5);
        durable.put(run.stored().id(), run);
        return AssignmentFixture.startedElsewhere(run);
    }

    @Test
    void aLeaderThatStopsStartsJobsOfOtherHostsUntilItIsDrained() throws Exception {
        JobId id = begin();
        List<HostIncarnation> living = List.of(
                new HostIncarnation(
                        workers.store.incarnation(), "here", Instant.EPOCH, null, true, HostOffer.NOTHING, null),
                new HostIncarnation(new UUID(0, 2), "there", Instant.EPOCH, null, false, HostOffer.NOTHING, null));
        engine.hosts(new Hosts(workers.store.incarnation(), living));
        Thread stopping = new Thread(engine::stop);
        stopping.start();
        await().until(() -> engine.run(id).orElseThrow().ending() != null);
        await().until(() -> engine.workers().stopping());
        events.clear();

        ready.add(assignments.of("other", null, "{}", 5)); // ends the patience of the claim at hand
        await().until(() -> events.contains("claim"));

        workers.exit.release();
        stopping.join();
        assertThat(events).contains(new Outcome.Completed("{}").toString());
    }

    @Test
    void itOffersNothingBeforeItHearsWhatOthersStartForIt() {
        handlers.all.add(workers.handle("work", context -> Map.of()));
        engine.watch();
        askedToDrain(true);
        askedToDrain(false);
        assertThat(offers).isEmpty();

        engine.opened(EMPTY);
        assertThat(offers).hasSize(1);
    }

    @Test
    void itOffersWhatItHasAndThatItDrainsWhenItStops() {
        handlers.all.add(workers.handle("work", context -> Map.of()));
        engine.start();
        engine.opened(EMPTY);
        await().until(() -> !offers.isEmpty());
        HostHandler work = new HostHandler("work", new HandlerName("1.0.0", "test 1.0.0"), Set.of(), null);
        assertThat(offers).contains(new HostOffer(new Slots(4, 1_000), List.of(work), false, "1.2.3"));

        engine.stop();

        assertThat(offers.get(offers.size() - 1))
                .isEqualTo(new HostOffer(new Slots(4, 1_000), List.of(work), true, "1.2.3"));
    }

    @Test
    void whileItDrainsItTakesNothingAndSaysSo() {
        engine.start();
        engine.opened(EMPTY);
        assertThat(engine.room().threads()).isEqualTo(4);

        askedToDrain(true);
        askedToDrain(true);
        assertThat(engine.room().threads()).isZero();
        assertThat(offers.stream().filter(HostOffer::draining)).hasSize(1);

        askedToDrain(null);
        assertThat(engine.room().threads()).isZero();

        askedToDrain(false);
        assertThat(engine.room().threads()).isEqualTo(4);
        assertThat(offers.get(offers.size() - 1).draining()).isFalse();
    }

    @Test
    void otherHostsAreToldHowFarItsRunsAre() {
        JobId id = begin(context -> {
            context.progress(1, 2, "half");
            return workers.waitForExit(context);
        });
        askedToDrain(null); // there are two hosts
        workers.clock.advance(Duration.ofSeconds(1));
        await().until(() -> !notices.isEmpty());
        assertThat(RunNotice.read(notices.get(0)))
                .isEqualTo(Map.of(id, engine.run(id).orElseThrow()));
    }

    private void askedToDrain(@Nullable Boolean asked) {
        UUID self = workers.store.incarnation();
        engine.hosts(new Hosts(
                self,
                List.of(
                        new HostIncarnation(self, "here", Instant.EPOCH, null, true, HostOffer.NOTHING, asked),
                        new HostIncarnation(
                                new UUID(0, 2), "there", Instant.EPOCH, null, false, HostOffer.NOTHING, true))));
    }

    /** One run that is in its handler. */
    private JobId begin() {
        return begin(workers::waitForExit);
    }

    private JobId begin(JobHandler handler) {
        handlers.all.add(workers.handle("work", handler));
        engine.start();
        engine.opened(EMPTY);
        Assignment started = assignments.of("work", null, "{}", 5);
        ready.add(started);
        workers.awaitInside(1);
        return started.stored().id();
    }
}
