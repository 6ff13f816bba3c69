// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.JobRemoval;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

interface GroupConformance extends Conformance {

    @Test
    default void theJobsOfAGroupAreFoundAndCountedUntilTheyAreRemoved() {
        StoredJob first = admit(Draft.job().group("night"));
        StoredJob second = admit(Draft.job().group("night"));
        StoredJob third = admit(Draft.job().group("day"));
        StoredJob fourth = admit(Draft.job().group("night").submitter("bob"));
        assertThat(read(first.id())).isEqualTo(first);
        StoredJob ended = complete(second);

        assertThat(reads().groupJobs("ada", "night", 10)).containsExactly(first.id(), second.id());
        assertThat(reads().groupJobs("ada", "night", 1)).containsExactly(first.id());
        assertThat(reads().group("ada", "night"))
                .contains(new JobGroup("night", "ada", Map.of(JobStatus.QUEUED, 1L, JobStatus.COMPLETED, 1L), null));
        assertThat(reads().group("ada", "dusk")).isEmpty();
        assertThat(reads().groupEnd("ada", "night")).isEmpty();
        assertThat(ids(JobFilter.ALL.withGroup("night"))).containsExactly(fourth.id(), second.id(), first.id());
        assertThat(ids(JobFilter.ALL.withGroup("night").withSubmitter("ada").withStatus(JobStatus.QUEUED)))
                .containsExactly(first.id());
        assertThat(ids(JobFilter.ALL.withGroup("day"))).containsExactly(third.id());

        remove(ended);
        assertThat(reads().groupJobs("ada", "night", 10)).containsExactly(first.id());
        remove(complete(first));
        assertThat(reads().group("ada", "night")).isEmpty();
        assertThat(reads().group("bob", "night")).isPresent();
    }

    @Test
    default void anEndJobClosesItsGroupUntilAllJobsOfItAreRemoved() {
        StoredJob first = admit(Draft.job().group("night"));
        StoredJob end = admit(Draft.job().after(first.id()).endsGroup("night").group("nights"));

        assertThat(read(end.id())).isEqualTo(end);
        assertThat(reads().groupEnd("ada", "night")).contains(end.id());
        assertThat(reads().group("ada", "night").orElseThrow().endJob()).isEqualTo(end.id());
        assertThat(reads().groupJobs("ada", "night", 10)).containsExactly(first.id());
        AdmittedJob late = Draft.job().group("night").admitted();
        AdmittedJob other = Draft.job().admitted();
        refused(jobs().admit(List.of(other, late)), GroupChangedException.class);
        refused(
                jobs().admit(List.of(
                        Draft.job().after(first.id()).endsGroup("night").admitted())),
                GroupChangedException.class);
        assertThat(reads().jobs(List.of(late.stored().id(), other.stored().id())))
                .isEmpty();
        admit(Draft.job().group("night").submitter("bob"));

        StoredJob done = complete(first);
        StoredJob ready = move(Moves.release(end, first.id()));
        done(jobs().released(Set.of(first.id())));
        complete(ready);
        remove(done);
        assertThat(reads().groupEnd("ada", "night")).isEmpty();
        admit(Draft.job().group("night"));
    }

    @Test
    default void anEndJobWaitsForAllJobsOfItsGroupOrIsRefused() {
        StoredJob first = admit(Draft.job().group("night"));
        StoredJob second = admit(Draft.job().group("night"));
        AdmittedJob end = Draft.job().after(first.id()).endsGroup("night").admitted();
        refused(jobs().admit(List.of(end)), GroupChangedException.class);
        assertThat(reads().groupEnd("ada", "night")).isEmpty();

        AdmittedJob third = Draft.job().group("night").admitted();
        AdmittedJob all = Draft.job()
                .after(first.id(), second.id(), third.stored().id())
                .endsGroup("night")
                .admitted();
        done(jobs().admit(List.of(all, third)));
        assertThat(reads().groupEnd("ada", "night")).contains(all.stored().id());
    }

    @Test
    default void anEndJobThatRacesWithAJobOfItsGroupWaitsForItOrKeepsItOut() throws Exception {
        for (int round = 0; round < 30; round++) {
            String group = "race-" + round;
            StoredJob first = admit(Draft.job().group(group));
            AdmittedJob late = Draft.job().group(group).admitted();
            AdmittedJob end = Draft.job().after(first.id()).endsGroup(group).admitted();
            List<Boolean> stored = Race.run(2, n -> {
                try {
                    jobs().admit(List.of(n == 0 ? late : end))
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join();
                    return true;
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(GroupChangedException.class);
                    return false;
                }
            });

            assertThat(stored).containsExactlyInAnyOrder(true, false);
            assertThat(reads().job(late.stored().id()).isPresent()).isEqualTo(stored.get(0));
            assertThat(reads().groupEnd("ada", group).isPresent()).isEqualTo(stored.get(1));
        }
    }

    private List<JobId> ids(JobFilter filter) {
        return reads().find(JobQuery.of(filter, 100), Set.of()).jobs().stream()
                .map(job -> job.id())
                .toList();
    }

    private void remove(StoredJob job) {
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(job)))).containsExactly(job);
        }
    }
}
