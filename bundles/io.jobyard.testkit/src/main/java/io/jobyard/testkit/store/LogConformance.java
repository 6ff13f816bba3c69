// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface LogConformance extends Conformance {

    private static List<LogLine> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> new LogLine(Draft.T0.plusNanos(1000L * n), 1 + n / 700, "line " + n + " – ünï"))
                .toList();
    }

    @Test
    default void aLogIsInTheOrderInWhichItWasWritten() {
        JobId one = admit(Draft.job()).id();
        JobId other = admit(Draft.job()).id();
        assertThat(store().log(one)).isEmpty();
        for (int n = 0; n < 30; n += 3) {
            store().log(one, lines(n, n + 3));
            store().log(other, lines(n, n + 1));
        }
        done(store().log(one, List.of()));

        assertThat(store().log(one)).containsExactlyElementsOf(lines(0, 30));
        assertThat(store().log(other)).hasSize(10);
        under().restart();
        done(store().log(one, lines(30, 31)));
        assertThat(store().log(one)).containsExactlyElementsOf(lines(0, 31));
    }

    @Test
    default void aLogKeepsItsNewestLines() {
        JobId id = admit(Draft.job()).id();
        int all = JobRepository.MAX_LOG_LINES + 250;
        for (int n = 0; n < all; n += 50) {
            store().log(id, lines(n, n + 50));
        }
        done(store().log(id, lines(all, all + 1)));
        assertThat(store().log(id)).containsExactlyElementsOf(lines(251, all + 1));

        done(store().log(id, lines(0, all)));
        assertThat(store().log(id)).containsExactlyElementsOf(lines(250, all));
    }

    @Test
    default void aLogIsThereWhenAMoveThatFollowedItIsDone() {
        List<StoredJob> running = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            running.add(move(Moves.start(admit(Draft.job()), store())));
        }
        for (StoredJob job : running) {
            store().log(job.id(), lines(0, 2));
            move(Moves.complete(job, "{}"));
            assertThat(store().log(job.id())).hasSize(2);
        }
    }

    @Test
    default void typesThatWereServedAreRemembered() {
        assertThat(store().servedTypes()).isEmpty();
        done(store().served(Set.of("echo", "sleep")));
        store().served(Set.of("echo"));
        done(store().served(List.of("total", "total", "echo")));
        assertThat(store().servedTypes()).containsExactlyInAnyOrder("echo", "sleep", "total");

        under().restart();
        assertThat(store().servedTypes()).containsExactlyInAnyOrder("echo", "sleep", "total");
    }
}
