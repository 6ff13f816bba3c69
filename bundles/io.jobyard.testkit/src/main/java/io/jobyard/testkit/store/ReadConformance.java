// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.LogLine;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface ReadConformance extends Conformance {

    @Test
    default void whatNotEveryDatabaseCanHoldIsReplacedOnAll() {
        String words = "a\u0000b\uD83D";
        String storable = "a\uFFFDb\uFFFD";
        StoredJob job = admit(Draft.job());
        done(jobs().log(job.id(), List.of(new LogLine(Draft.T0, 1, words))));
        StoredJob started = move(Moves.start(job, jobs()));
        StoredJob failed = move(Moves.because(Moves.fail(started, words), words, words));
        UUID life = jobs().incarnation();
        AuditEntry entry = new AuditEntry(Draft.T0, "user \u0000", "pause", "\u0000", "a\u0000b");
        done(audit().append(entry));
        under().restart();

        assertThat(read(failed.id()).job().state().error()).isEqualTo(storable);
        assertThat(reads().log(failed.id())).extracting(LogLine::text).containsExactly(storable);
        assertThat(reads().history(failed.id()).get(2)).satisfies(event -> {
            assertThat(event.who()).isEqualTo(storable);
            assertThat(event.why()).isEqualTo(storable);
        });
        AuditRow begin = audit().rows(life, 0, 1).get(0);
        assertThat(audit().rows(life, 1, 1)).containsExactly(AuditConformance.SEAL.seal(begin.seal(), life, 2, entry));
        assertThat(audit().verifyHistories()).isEmpty();
    }

    @Test
    default void whatIsNotThereIsNotFound() {
        JobId nobody = Draft.id();
        assertThat(reads().job(nobody)).isEmpty();
        assertThat(reads().payload(nobody)).isEmpty();
        assertThat(reads().history(nobody)).isEmpty();
        assertThat(reads().dependencies(nobody)).isEmpty();
        assertThat(reads().jobs(List.of(nobody))).isEmpty();
        assertThat(reads().results(List.of(nobody))).isEmpty();
        assertThat(reads().keyHolder("ada", "k")).isEmpty();
        assertThat(reads().find(JobQuery.all(5), Set.of())).isEqualTo(new JobPage(List.of(), null, null, null));
    }

    @Test
    default void severalJobsAreReadInTheOrderAsked() {
        StoredJob one = admit(Draft.job());
        StoredJob two = complete(admit(Draft.job()));
        StoredJob three = complete(admit(Draft.job()));
        List<JobId> asked = List.of(three.id(), Draft.id(), one.id(), two.id());

        assertThat(reads().jobs(asked).values()).containsExactlyInAnyOrder(one, two, three);
        assertThat(reads().results(asked).keySet()).containsExactly(three.id(), two.id());
        assertThat(reads().jobs(List.of())).isEmpty();
    }

    @Test
    default void anIdIsFoundByItsEnding() {
        JobId one = new JobId(UUID.fromString("01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90"));
        JobId two = new JobId(UUID.fromString("01978f3c-5c1f-7c39-9d2a-6f1b2e4d7a90"));
        admit(Draft.job().id(one));
        admit(Draft.job().id(two));
        admit(Draft.job());

        assertThat(reads().endingWith("a90", 10)).containsExactlyInAnyOrder(one, two);
        assertThat(reads().endingWith("7a90", 10)).containsExactly(two);
        assertThat(reads().endingWith("d8a90", 10)).containsExactly(one);
        assertThat(reads().endingWith("01978f3c5c1e7c399d2a6f1b2e4d8a90", 10)).containsExactly(one);
        assertThat(reads().endingWith("01978f3c5c1e7c399d2a6f1b2e4d8a91", 10)).isEmpty();
        assertThat(reads().endingWith("1978f3c5c1f7c399d2a6f1b2e4d7a90", 10)).containsExactly(two);
        assertThat(reads().endingWith("0", 1)).hasSize(1);
        assertThat(reads().endingWith("badbad", 10)).isEmpty();
    }
}
