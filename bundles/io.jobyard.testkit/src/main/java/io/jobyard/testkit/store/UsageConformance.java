// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobRemoval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

interface UsageConformance extends Conformance {

    private static RunUse use(JobId job, int run, Instant startedAt, String unit, double amount) {
        return new RunUse(
                new RunUse.MeteredRun(job, run, startedAt, "alice", "llm", "gpt", Map.of("team", "blue")),
                unit,
                amount,
                run == 1 ? 10.0 : null);
    }

    @Test
    default void theLatestUseOfARunIsKeptAndOutlivesTheHostAndTheJob() {
        StoredJob job = complete(admit(Draft.job()));
        RunUse tokens = use(job.id(), 1, Draft.T0, "tokens", 12.25);
        RunUse money = use(job.id(), 1, Draft.T0, "usd", 0.1);
        RunUse second = use(job.id(), 2, Draft.T0.plusSeconds(1), "tokens", 1e12);
        assertThat(under().usage().uses(job.id())).isEmpty();

        under().usage().keep(List.of(use(job.id(), 1, Draft.T0, "tokens", 1), money));
        under().usage().keep(List.of(use(job.id(), 1, Draft.T0, "tokens", 5), second));
        done(under().usage().keep(List.of(tokens)));
        assertThat(under().usage().uses(job.id())).containsExactly(tokens, money, second);

        under().restart();
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(read(job.id()))))).hasSize(1);
        }
        assertThat(under().usage().uses(job.id())).containsExactly(tokens, money, second);
    }

    @Test
    default void aRunThatSaysNothingOfModelLabelsAndEstimateHasNone() {
        RunUse bare = new RunUse(
                new RunUse.MeteredRun(Draft.job().admitted().stored().id(), 1, Draft.T0, "bob", "echo", null, Map.of()),
                "x",
                0,
                null);
        done(under().usage().keep(List.of(bare)));
        assertThat(under().usage().uses(bare.run().job())).containsExactly(bare);
    }

    @Test
    default void usesOfATimeAreReadPageByPageAndEachOnce() {
        List<RunUse> all = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            JobId job = Draft.job().admitted().stored().id();
            Instant at = Draft.T0.plusSeconds(n / 7);
            all.addAll(List.of(use(job, 1, at, "tokens", n), use(job, 1, at, "usd", n), use(job, 2, at, "tokens", 1)));
        }
        done(under().usage().keep(all));

        List<RunUse> read = new ArrayList<>();
        RunUse last = null;
        while (true) {
            List<RunUse> page = under().usage().uses(Draft.T0.plusSeconds(1), Draft.T0.plusSeconds(4), last, 5);
            read.addAll(page);
            if (page.size() < 5) {
                break;
            }
            last = page.get(4);
        }

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(use -> !use.run().startedAt().isBefore(Draft.T0.plusSeconds(1)))
                        .filter(use -> use.run().startedAt().isBefore(Draft.T0.plusSeconds(4)))
                        .toList());
        assertThat(read).extracting(one -> one.run().startedAt()).isSorted();
    }

    @Test
    default void whatBeganLongAgoIsForgottenTheOldestFirst() {
        List<RunUse> all = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            all.add(use(Draft.job().admitted().stored().id(), 1, Draft.T0.plusSeconds(n), "tokens", n));
        }
        done(under().usage().keep(all));

        assertThat(done(under().usage().forget(Draft.T0.plusSeconds(5), 3))).isEqualTo(3);
        assertThat(left()).containsExactlyElementsOf(all.subList(3, 10));
        assertThat(done(under().usage().forget(Draft.T0.plusSeconds(5), 3))).isEqualTo(2);
        assertThat(done(under().usage().forget(Draft.T0.plusSeconds(5), 3))).isZero();
        assertThat(left()).containsExactlyElementsOf(all.subList(5, 10));
    }

    private List<RunUse> left() {
        return under().usage().uses(Draft.T0, Draft.T0.plusSeconds(60), null, 100);
    }
}
