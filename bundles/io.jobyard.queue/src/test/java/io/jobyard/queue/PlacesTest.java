// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.spi.limits.BuiltInLimits;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.testkit.SettableAccess;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many may run at once where that is no plain number: fewer while attempts fail, or a share of all slots. */
class PlacesTest {

    private final LanesFixture fixture = new LanesFixture();

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void aValueThatFailsHasFewerPlacesUntilAnAttemptOfItCompletes(int values) {
        fixture.limit("targets", "running.max", "4", "running.max.failing", "1", "key", "label.target");
        IntStream.range(0, 10 * values).forEach(n -> submit("targets=t" + n % values));
        List<JobId> running = fixture.start(10 * values);
        assertThat(running).hasSize(4 * values);
        List<JobId> bad = of(running, "targets=t0");
        List<JobId> good = of(running, "targets=t1");

        bad.forEach(id -> fixture.move(id, JobStatus.FAILED));
        good.forEach(id -> fixture.move(id, JobStatus.COMPLETED));
        List<JobId> next = fixture.start(9);
        assertThat(of(next, "targets=t0")).hasSize(1);
        assertThat(of(next, "targets=t1")).hasSize(4);

        fixture.move(of(next, "targets=t0").get(0), JobStatus.FAILED);
        List<JobId> again = fixture.start(9);
        assertThat(again).hasSize(1);
        fixture.move(again.get(0), JobStatus.COMPLETED);
        assertThat(of(fixture.start(9), "targets=t0")).hasSize(4);
    }

    @Test
    void itIsToldWhyAValueThatFailsHasFewerPlaces() {
        fixture.limit("targets", "running.max", "4", "running.max.failing", "1", "key", "label.target");
        IntStream.range(0, 6).forEach(n -> submit("targets=t"));
        fixture.move(fixture.start(1).get(0), JobStatus.FAILED);
        fixture.start(1);
        JobId waits = submit("targets=t");

        assertThat(fixture.view(waits).shutBy())
                .extracting(Blocker::detail)
                .containsExactly("targets=t: 1 of running.max 1 run, for the latest attempt failed");
        assertThat(fixture.lanes.limits.limits().get(0).values().most())
                .extracting(LimitStatus::runningMax)
                .containsExactly(1);
    }

    @Test
    void aCancelSaysNothingOfTheOtherSide() {
        fixture.limit("targets", "running.max", "4", "running.max.failing", "1", "key", "label.target");
        IntStream.range(0, 9).forEach(n -> submit("targets=t"));
        fixture.start(4).forEach(id -> fixture.move(id, JobStatus.CANCELLED));

        assertThat(fixture.start(9)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"8, 4", "5, 2", "1, 1", "0, 1"})
    void aShareOfAllSlotsIsOneAtLeast(int slots, int positions) {
        fixture.hosts.own(slots, false);
        fixture.queue("hooks", "running.max", "50%");
        IntStream.range(0, 10).forEach(n -> fixture.submitTo("hooks", "a", 5));

        assertThat(fixture.start(10)).hasSize(positions);

        assertThat(fixture.lanes.limits.queues())
                .filteredOn(queue -> queue.name().equals("hooks"))
                .extracting(queue -> queue.bounds().runningMax())
                .containsExactly(positions);
    }

    @Test
    void aShareFollowsTheHostsThatTakeJobs() {
        fixture.hosts.own(4, false);
        fixture.queue("hooks", "running.max", "50%");
        IntStream.range(0, 20).forEach(n -> fixture.submitTo("hooks", "a", 5));
        assertThat(fixture.start(20)).hasSize(2);

        fixture.hosts.other(1, 6);
        assertThat(fixture.start(20)).as("ten slots").hasSize(3);
        fixture.hosts.draining(2, 100);
        assertThat(fixture.start(20)).as("it takes none").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "101%", "-1%", "5.5%", "%", "half%"})
    void anotherShareIsRefusedOnce(String value) {
        assertThatThrownBy(() -> fixture.queue("hooks", "running.max", value))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "invalid running.max: use a number from 1 to 100000, or a share, for example 50%"));
    }

    @Test
    void moreWhileItFailsThanElseIsRefused() {
        assertThatThrownBy(() -> fixture.limit("targets", "running.max", "4", "running.max.failing", "5"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("running.max.failing exceeds running.max: use a number from 1 to 4");
    }

    @Test
    void whatABundleBringsIsInForceUntilSomebodySaysOtherwise() {
        LimitCatalogRegistry registry = new LimitCatalogRegistry(new SettableAccess());
        BuiltInLimits brought = () -> List.of(
                definition(LimitKind.QUEUE, "hooks", 1, Map.of("running.max", "50%")),
                definition(LimitKind.LIMIT, "targets", 1, Map.of("running.max", "4")));

        registry.bindBuiltIn(brought);
        assertThat(registry.current().queue("hooks").allows().runningPercent()).isEqualTo(50);
        assertThat(registry.current().limit("targets").runningMax()).isEqualTo(4);
        assertThat(registry.current().sourceOfQueue("hooks")).isNull();

        registry.defined(definition(LimitKind.LIMIT, "targets", 1, Map.of("running.max", "2")));
        assertThat(registry.current().limit("targets").runningMax()).isEqualTo(2);
        assertThat(registry.current().sourceOfLimit("targets")).isEqualTo("stored");
        registry.unbindBuiltIn(brought);
        assertThat(registry.current().queues()).isEmpty();
    }

    private static LimitDefinition definition(LimitKind kind, String name, int version, Map<String, String> settings) {
        SortedMap<String, String> sorted = new TreeMap<>(settings);
        return new LimitDefinition(kind, name, version, sorted);
    }

    private JobId submit(String limit) {
        return fixture.submitLimited("a", 5, Map.of(), limit);
    }

    private List<JobId> of(List<JobId> all, String limit) {
        return all.stream()
                .filter(id -> fixture.store
                        .job(id)
                        .orElseThrow()
                        .job()
                        .terms()
                        .demand()
                        .limits()
                        .contains(limit))
                .toList();
    }
}
