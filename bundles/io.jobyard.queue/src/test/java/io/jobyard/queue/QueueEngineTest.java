// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.CanaryStatus;
import io.jobyard.api.Finding;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.StartRule;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueEngineTest {

    private final InMemoryStore memory = new InMemoryStore(new UUID(0, 1), "here");
    private Runnable beforeClaim = () -> {};
    private StoreException limitsFault;
    private final FakeHandlerCatalog handlers = new FakeHandlerCatalog();
    private final QueueEngine queue = engine();

    private QueueEngine engine() {
        Settings<QueueSettings> settings = new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
        settings.update(Map.of());
        JobStore jobs = Stub.<JobStore>before(JobStore.class, memory)
                .first((method, arguments) -> beforeClaim.run())
                .get();
        LimitStore limits = Stub.<LimitStore>before(LimitStore.class, memory)
                .first((method, arguments) -> {
                    if (limitsFault != null) {
                        throw limitsFault;
                    }
                })
                .get();
        QueueEngine engine = new QueueEngine(
                settings,
                new LimitCatalogRegistry(new SettableAccess()),
                new Gates(),
                handlers,
                new QueueStore(jobs, memory, limits, memory),
                new SettableClock(Draft.T0),
                16);
        memory.listen(engine);
        return engine;
    }

    private StoredJob admit() {
        AdmittedJob admitted = Draft.job().admitted();
        memory.admit(List.of(admitted)).join();
        return admitted.stored();
    }

    private Move start(StoredJob job, ClaimCandidate position) {
        return Moves.start(job, memory, position.queue());
    }

    private List<JobId> claim(int max, StartRule rule) {
        try {
            return queue.claims().claim(() -> new Slots(max, 0), Duration.ZERO, rule).stream()
                    .map(run -> run.stored().id())
                    .toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNextRunsInItsQueueWhenTheAnswerIsThere() throws Exception {
        List<JobId> ids = List.of(admit().id(), admit().id(), admit().id());

        List<Assignment> runs = queue.claims().claim(() -> new Slots(2, 0), Duration.ZERO, this::start);

        assertThat(runs).extracting(run -> run.stored().id()).isEqualTo(ids.subList(0, 2));
        assertThat(runs).allSatisfy(run -> {
            assertThat(memory.job(run.stored().id())).contains(run.stored());
            assertThat(run.stored().job().state().run().queue()).isEqualTo(Job.DEFAULT_QUEUE);
        });
        assertThat(claim(9, this::start)).containsExactly(ids.get(2));
        assertThat(claim(9, this::start)).isEmpty();
    }

    @Test
    void thatACanaryStepsBackIsAuditedAndTold() throws Exception {
        StoredJob job = admit();
        CanaryRules rules = new CanaryRules("[0,99)", 5, CanaryRules.By.JOB, 1, 10, Duration.ofHours(1));
        handlers.rules.put(job.job().type(), CanaryTest.rulesOf(rules));
        List<CanaryStatus> told = new ArrayList<>();
        queue.rollbacks.add(canary -> {
            throw new IllegalStateException("it harms nobody");
        });
        queue.rollbacks.add(told::add);

        StoredJob running = queue.claims()
                .claim(() -> new Slots(1, 0), Duration.ZERO, this::start)
                .get(0)
                .stored();
        memory.move(Moves.fail(running, "boom"), null).join();

        assertThat(queue.canaries().isRolledBack(job.job().type())).isTrue();
        assertThat(told).isEqualTo(queue.canaries().statuses()).hasSize(1);
        assertThat(memory.rows(memory.incarnation(), 0, 9))
                .extracting(AuditRow::entry)
                .filteredOn(entry -> entry.action().equals("rollback"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.target()).isEqualTo("type " + job.job().type());
                    assertThat(entry.detail())
                            .isEqualTo(
                                    "no job goes to [0,99) any more because too many runs failed: 1 of 1 there and 0 of 0 on"
                                            + " other versions");
                });
        assertThat(memory.uses()).extracting(use -> use.key().kind()).contains(LimitKind.CANARY);
    }

    @Test
    void aHostThatDoesNotLeadReadsWhetherACanaryRolledBack() {
        handlers.rules.put("work", CanaryTest.rulesOf(CanaryTest.RULES));
        UUID self = memory.incarnation();
        queue.hosts(new Hosts(
                self, List.of(new HostIncarnation(self, "here", Draft.T0, null, false, HostOffer.NOTHING, null))));
        assertThat(queue.canaries().hasRolledBack("work")).isFalse();
        assertThat(queue.canaries().statuses().get(0).rolledBackAt()).isNull();

        LimitUse stepped = new LimitUse(
                Canary.key("work"), Draft.T0, CanaryTest.RULES.toString().hashCode(), 0);
        memory.remember(List.of(stepped)).join();
        assertThat(queue.canaries().hasRolledBack("work")).isTrue();
        assertThat(queue.canaries().hasRolledBack("other")).isFalse();
        assertThat(queue.examine()).extracting(Finding::subject).containsExactly("type work");
        assertThat(queue.canaries().statuses().get(0).rolledBackAt()).isEqualTo(Draft.T0);

        memory.remember(List.of(LimitUse.nothing(stepped.key()))).join();
        assertThat(queue.canaries().hasRolledBack("work")).isFalse();
        assertThat(queue.canaries().statuses().get(0).rolledBackAt()).isNull();

        limitsFault = new StoreException("the store is away", null);
        assertThatThrownBy(() -> queue.canaries().hasRolledBack("work")).isSameAs(limitsFault);
        assertThat(queue.examine())
                .extracting(Finding::problem)
                .containsExactly("cannot read from the database which canaries rolled back: the store is away");
    }

    @Test
    void whenTheStoreFailsAllStandInTheirLanesAgain() {
        List<JobId> ids = List.of(admit().id(), admit().id(), admit().id());
        beforeClaim = () -> {
            throw new StoreException("the store is away", null);
        };
        assertThatThrownBy(() -> claim(3, this::start)).isInstanceOf(StoreException.class);
        beforeClaim = () -> {};

        assertThat(claim(9, this::start)).isEqualTo(ids);
    }

    static List<RuntimeException> faults() {
        return List.of(new IllegalStateException("broken"), new StoreException("the start is refused", null));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatStartedBesideAFaultIsHandedOnAndTheRestStandsInItsLaneAgain(RuntimeException fault) {
        List<JobId> ids = List.of(admit().id(), admit().id(), admit().id());
        StartRule onlyTheFirst = (job, position) -> {
            if (job.id().equals(ids.get(0))) {
                return start(job, position);
            }
            throw fault;
        };

        assertThat(claim(9, onlyTheFirst)).containsExactly(ids.get(0));
        assertThat(claim(9, this::start)).isEqualTo(ids.subList(1, 3));
    }

    @Test
    void aJobThatWasChangedMeanwhileStartsFromItsNewPlace() {
        StoredJob job = admit();
        List<String> queues = new ArrayList<>();
        beforeClaim = () -> {
            beforeClaim = () -> {};
            memory.move(Moves.change(job, new JobChange().queue("bulk"), JobStatus.QUEUED, null, null), null)
                    .join();
        };

        assertThat(claim(1, this::start)).isEmpty();
        assertThat(claim(1, (now, position) -> {
                    queues.add(position.queue());
                    return start(now, position);
                }))
                .containsExactly(job.id());
        assertThat(queues).containsExactly("bulk");
    }

    @Test
    void aJobThatTheRuleEndsIsOverForTheLanesToo() {
        StoredJob job = admit();

        assertThat(claim(1, (now, position) -> Moves.fail(now, "expired"))).isEmpty();

        assertThat(memory.job(job.id()).orElseThrow().job().status()).isEqualTo(JobStatus.FAILED);
        assertThat(queue.lanes().all()).isEmpty();
        assertThat(queue.overview().queues())
                .allSatisfy(status -> assertThat(status.jobs().running()).isZero());
        assertThat(claim(1, this::start)).isEmpty();
    }
}
