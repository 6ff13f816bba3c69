// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runs of a host that is not the leader use of limits is told to the one that is. */
class UseReportTest {

    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant LATER = Draft.T0.plusSeconds(60);

    @TempDir
    Path directory;

    private final InMemoryStore memory = new InMemoryStore(new UUID(0, 1), "here");
    private final List<UseReport> told = new ArrayList<>();
    private final List<Integer> stored = new ArrayList<>();
    private final SettableClock clock = new SettableClock(Draft.T0);
    private final LimitCatalogRegistry catalog = new LimitCatalogRegistry(new SettableAccess());
    private QueueEngine queue;

    @BeforeEach
    void begin() {
        Settings<QueueSettings> settings = new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
        settings.update(Map.of());
        catalog.bindLimit(new ConfiguredLimit(
                new FakeInstance(directory),
                Map.of("service.pid", "io.jobyard.limits~openai", "rate.tokens", "100/m burst 100")));
        LimitStore limits = Stub.<LimitStore>before(LimitStore.class, memory)
                .on("report", arguments -> {
                    told.add((UseReport) arguments[0]);
                    return CompletableFuture.completedFuture(null);
                })
                .on("remember", arguments -> {
                    stored.add(((List<?>) arguments[0]).size());
                    return CompletableFuture.completedFuture(true);
                })
                .get();
        queue = new QueueEngine(
                settings,
                catalog,
                new Gates(),
                new FakeHandlerCatalog(),
                new QueueStore(memory, memory, limits, memory),
                clock,
                16);
        memory.listen(queue);
    }

    @Test
    void aHostThatIsNotTheLeaderTellsWhatItsRunsUseAndStoresNothing() {
        hosts(false);
        JobId id = started("openai");

        queue.runs().begun(id);
        queue.runs().begun(id);
        queue.runs().used(id, "tokens", 12);
        queue.runs().used(id, "pages", 3);
        queue.runs().remaining(id, "tokens", 40, LATER);
        queue.runs().remaining(id, "pages", 0, LATER);
        queue.runs().rateLimited(id, LATER);

        assertThat(told)
                .containsExactly(
                        new UseReport.RunBegun(id),
                        new UseReport.UnitUsed(id, "tokens", 12),
                        new UseReport.UnitLeft(id, "tokens", 40, LATER),
                        new UseReport.LimitMet(id, LATER));
        assertThat(stored).isEmpty();
    }

    @Test
    void aJobThatDrawsOnNothingCostsNoWord() {
        hosts(false);
        JobId id = started();

        queue.runs().begun(id);
        queue.runs().used(id, "tokens", 12);
        queue.runs().rateLimited(id, LATER);

        assertThat(told).isEmpty();
    }

    @Test
    void theLeaderCountsWhatItIsToldAndTellsNobody() throws Exception {
        hosts(true);
        queue.claims().claim(() -> new Slots(0, 0), Duration.ZERO, (job, position) -> Moves.start(job, memory));
        JobId id = started("openai");

        queue.reported(new UseReport.RunBegun(id));
        queue.reported(new UseReport.UnitUsed(id, "tokens", 12));
        assertThat(level()).isEqualTo(100 - 12);
        queue.reported(new UseReport.UnitLeft(id, "tokens", 40, LATER));
        assertThat(level()).isEqualTo(40);
        assertThat(queue.overview().limits().get(0).shutBy()).isEmpty();
        queue.reported(new UseReport.LimitMet(id, LATER));

        assertThat(queue.overview().limits().get(0).shutBy()).isNotEmpty();
        assertThat(told).isEmpty();
        assertThat(stored).isNotEmpty();
    }

    @Test
    void aHostThatIsNotTheLeaderAsksTheStoreWhetherABudgetIsLow() {
        Rate rate = Rate.budget("10/d warn 80%");
        catalog.bindLimit(new ConfiguredLimit(
                new FakeInstance(directory),
                Map.of("service.pid", "io.jobyard.limits~thrift", "budget.usd", rate.toString())));
        hosts(false);
        JobId id = started("thrift");
        queue.runs().used(id, "usd", 9);
        assertThat(queue.runs().isBudgetLow(id, "usd"))
                .as("as the leader has it")
                .isFalse();

        memory.remember(List.of(drawn(rate, 7.5))).join();
        assertThat(queue.runs().isBudgetLow(id, "usd")).isFalse();
        memory.remember(List.of(drawn(rate, 8))).join();
        assertThat(queue.runs().isBudgetLow(id, "usd")).isTrue();
        assertThat(queue.runs().isBudgetLow(id, "tokens")).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(queue.runs().isBudgetLow(id, "usd")).as("in the next period").isFalse();
    }

    private static LimitUse drawn(Rate rate, double amount) {
        Budget budget = new Budget("usd", rate, moved -> {});
        budget.draw(amount, EpochNanos.of(Draft.T0));
        return budget.use(new LimitKey(LimitKind.LIMIT, "thrift", "usd"));
    }

    private double level() {
        return queue.overview().limits().get(0).rates().get(0).remaining();
    }

    private void hosts(boolean leader) {
        UUID self = memory.incarnation();
        queue.hosts(new Hosts(
                self,
                List.of(
                        new HostIncarnation(self, "here", Draft.T0, null, leader, HostOffer.NOTHING, null),
                        new HostIncarnation(OTHER, "there", Draft.T0, null, !leader, HostOffer.NOTHING, null))));
    }

    /** A job that another host has started. */
    private JobId started(String... limits) {
        AdmittedJob admitted = Draft.job().limits(limits).admitted();
        memory.admit(List.of(admitted)).join();
        StoredJob job = admitted.stored();
        queue.committed(List.of(new Committed(job, Moves.start(job, memory).after(), false, null, true)));
        return job.id();
    }
}
