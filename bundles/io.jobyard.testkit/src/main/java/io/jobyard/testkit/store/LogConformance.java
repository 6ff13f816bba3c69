// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobStore;
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
        assertThat(reads().log(one)).isEmpty();
        for (int n = 0; n < 30; n += 3) {
            jobs().log(one, lines(n, n + 3));
            jobs().log(other, lines(n, n + 1));
        }
        done(jobs().log(one, List.of()));

        assertThat(reads().log(one)).containsExactlyElementsOf(lines(0, 30));
        assertThat(reads().log(other)).hasSize(10);
        under().restart();
        done(jobs().log(one, lines(30, 31)));
        assertThat(reads().log(one)).containsExactlyElementsOf(lines(0, 31));
    }

    @Test
    default void aLogKeepsItsNewestLines() {
        JobId id = admit(Draft.job()).id();
        int all = JobStore.MAX_LOG_LINES + 250;
        for (int n = 0; n < all; n += 50) {
            jobs().log(id, lines(n, n + 50));
        }
        done(jobs().log(id, lines(all, all + 1)));
        assertThat(reads().log(id)).containsExactlyElementsOf(lines(251, all + 1));

        done(jobs().log(id, lines(0, all)));
        assertThat(reads().log(id)).containsExactlyElementsOf(lines(250, all));
    }

    @Test
    default void whoFollowsALogGoesOnBehindTheLineThatItHas() {
        JobId id = admit(Draft.job()).id();
        assertThat(reads().log(id, 0)).isEmpty();
        done(jobs().log(id, lines(0, 3)));
        List<NumberedLine> first = reads().log(id, 0);
        assertThat(first).extracting(NumberedLine::line).containsExactlyElementsOf(lines(0, 3));
        int last = first.get(2).number();
        under().restart();
        done(jobs().log(id, lines(3, 5)));
        assertThat(reads().log(id, last)).extracting(NumberedLine::line).containsExactlyElementsOf(lines(3, 5));
        assertThat(reads().log(id, first.get(1).number())).hasSize(3);
        done(jobs().log(id, lines(5, 5 + JobStore.MAX_LOG_LINES)));
        assertThat(reads().log(id, last))
                .as("the oldest are gone")
                .hasSize(JobStore.MAX_LOG_LINES)
                .extracting(NumberedLine::line)
                .startsWith(lines(5, 6).get(0));
    }

    @Test
    default void whoListensHearsThatALogHasGrown() {
        JobId id = admit(Draft.job()).id();
        Recorder heard = Recorder.on(under());
        done(jobs().log(id, lines(0, 2)));
        assertThat(heard.logged()).containsExactly(id);
    }

    @Test
    default void aLogIsThereWhenAMoveThatFollowedItIsDone() {
        List<StoredJob> running = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            running.add(move(Moves.start(admit(Draft.job()), jobs())));
        }
        for (StoredJob job : running) {
            jobs().log(job.id(), lines(0, 2));
            move(Moves.complete(job, "{}"));
            assertThat(reads().log(job.id())).hasSize(2);
        }
    }

    @Test
    default void typesThatWereServedAreRemembered() {
        assertThat(limits().servedTypes()).isEmpty();
        done(limits().served(Set.of("echo", "sleep")));
        limits().served(Set.of("echo"));
        done(limits().served(List.of("total", "total", "echo")));
        assertThat(limits().servedTypes()).containsExactlyInAnyOrder("echo", "sleep", "total");

        under().restart();
        assertThat(limits().servedTypes()).containsExactlyInAnyOrder("echo", "sleep", "total");
    }
}
