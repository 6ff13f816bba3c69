// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.KeyTakenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface AdmissionConformance extends Conformance {

    @Test
    default void aJobIsFoundAsItWasAdmitted() {
        StoredJob parent = admit(Draft.job());
        StoredJob other = admit(Draft.job());
        AdmittedJob job = Draft.job()
                .queue("büro")
                .priority(2)
                .key("k")
                .handlerVersion("[1,2)")
                .dueAt(Draft.T0.plusSeconds(60))
                .payload("{\"text\":\"naïve 🙂 ' \\\\ \"}")
                .afterCompleted(other.id(), parent.id())
                .admitted();
        done(jobs().admit(List.of(job)));

        assertThat(reads().job(job.stored().id())).contains(job.stored());
        assertThat(reads().payload(job.stored().id())).contains(job.payload());
        assertThat(reads().dependencies(job.stored().id())).containsExactly(other.id(), parent.id());
        assertThat(reads().history(job.stored().id())).containsExactly(job.event());
        assertThat(reads().keyHolder("ada", "k")).contains(job.stored().id());
    }

    @Test
    default void aHistoryNamesAllWhoSpeakForEachOther() {
        Caller caller = Caller.administrator("r".repeat(200))
                .as("b".repeat(200))
                .as("ann")
                .as("x".repeat(200));
        AdmittedJob draft = Draft.job().admitted();
        HistoryEvent event = new HistoryEvent(
                Draft.T0,
                caller.inHistory(),
                null,
                JobStatus.QUEUED,
                null,
                new HistoryEvent.HistoryRun(null, 0, 0, null),
                "");
        done(jobs().admit(List.of(
                new AdmittedJob(draft.stored(), draft.payload(), draft.dependencies(), draft.edges(), event))));

        assertThat(event.who()).hasSize(600);
        assertThat(reads().history(draft.stored().id())).containsExactly(event);
    }

    @Test
    default void aHistoryNamesTheHandlerThatAPayloadIsMadeFor() {
        AdmittedJob draft = Draft.job().admitted();
        HandlerName handler = new HandlerName("1.2.0", "com.acme.words 1.2.0");
        HistoryEvent event = new HistoryEvent(
                Draft.T0, "ada", null, JobStatus.QUEUED, null, new HistoryEvent.HistoryRun(null, 0, 0, handler), "");
        done(jobs().admit(List.of(
                new AdmittedJob(draft.stored(), draft.payload(), draft.dependencies(), draft.edges(), event))));

        assertThat(reads().history(draft.stored().id())).containsExactly(event);
    }

    @Test
    default void payloadsOfAnySizeAreKept() {
        for (int size : new int[] {0, 1, 1980, 2000, 2020, 33_000, 1_048_576}) {
            String payload = "{\"text\":\"" + "ä".repeat(size) + "\"}";
            StoredJob job = admit(Draft.job().payload(payload));

            assertThat(reads().payload(job.id())).contains(payload);
        }
    }

    @Test
    default void aThousandJobsAreOneAdmission() {
        List<AdmittedJob> jobs = IntStream.range(0, 1000)
                .mapToObj(n -> Draft.job().payload("{\"n\":" + n + "}").admitted())
                .toList();
        done(jobs().admit(jobs));

        assertThat(reads().ready(Draft.job().lane(), null, 2000)).hasSize(1000);
    }

    @Test
    default void severalJobsAreStoredAllOrNone() {
        StoredJob parent = admit(Draft.job().key("taken"));
        Draft child = Draft.job().after(parent.id());
        AdmittedJob good = child.admitted();
        refused(jobs().admit(List.of(good, Draft.job().key("taken").admitted())), KeyTakenException.class);

        assertThat(reads().job(good.stored().id())).isEmpty();
        assertThat(reads().history(good.stored().id())).isEmpty();
        assertThat(reads().find(JobQuery.all(10), Set.of()).jobs()).containsExactly(parent.job());
        complete(parent);
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    @Test
    default void aKeyIsRefusedWhileItsJobIsNotFinal() {
        StoredJob first = admit(Draft.job().key("k"));
        refused(jobs().admit(List.of(Draft.job().key("k").admitted())), KeyTakenException.class);
        admit(Draft.job().key("k").submitter("bob"));

        complete(first);
        assertThat(reads().keyHolder("ada", "k")).isEmpty();
        StoredJob second = admit(Draft.job().key("k"));
        assertThat(reads().keyHolder("ada", "k")).contains(second.id());
    }

    @Test
    default void aKeyMayStayTakenAfterItsJobHasEndedUntilAnotherTakesIt() {
        StoredJob first = complete(admit(Draft.job().key("k").keyUntil(Draft.T0.plusSeconds(3_600))));
        assertThat(reads().keyHolder("ada", "k")).contains(first.id());
        AdmittedJob second = Draft.job().key("k").admitted();
        refused(jobs().admit(List.of(second)), KeyTakenException.class);
        assertThat(reads().keyHolder("ada", "k")).contains(first.id());

        done(jobs().admit(List.of(second.takingKeyOf(first.id()))));
        assertThat(reads().keyHolder("ada", "k")).contains(second.stored().id());
        refused(
                jobs().admit(List.of(Draft.job().key("k").admitted().takingKeyOf(first.id()))),
                KeyTakenException.class);
        refused(jobs().move(Moves.queue(first), null), KeyTakenException.class);
        complete(second.stored());
        assertThat(reads().keyHolder("ada", "k")).isEmpty();
        move(Moves.queue(first));
        assertThat(reads().keyHolder("ada", "k")).contains(first.id());
    }

    @Test
    default void aKeyThatStaysTakenGoesWithItsJob() {
        StoredJob job = complete(admit(Draft.job().key("k").keyUntil(Draft.T0.plusSeconds(3_600))));
        StoredJob again = complete(move(Moves.queue(job)));
        assertThat(reads().keyHolder("ada", "k")).contains(job.id());
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(again)))).hasSize(1);
        }
        assertThat(reads().keyHolder("ada", "k")).isEmpty();
        admit(Draft.job().key("k"));
    }

    @Test
    default void theLongestLimitsWithTheirValuesAreStored() {
        List<String> limits = IntStream.range(10, 30)
                .mapToObj(n -> n + "l".repeat(62) + "=" + "v".repeat(NamedLimit.LONGEST_VALUE))
                .toList();
        StoredJob job = admit(Draft.job().limits(limits.toArray(String[]::new)));
        assertThat(read(job.id())).isEqualTo(job);
        assertThat(reads().ready(LaneKey.of(job), null, 9)).hasSize(1);
    }

    @Test
    default void aKeyIsFreedByAnEndAfterItsTime() {
        complete(admit(Draft.job().key("k").keyUntil(Draft.T0)));
        assertThat(reads().keyHolder("ada", "k")).isEmpty();
    }

    @Test
    default void twoJobsOfOneAdmissionCannotShareAKey() {
        refused(
                jobs().admit(List.of(
                        Draft.job().key("k").admitted(), Draft.job().key("k").admitted())),
                KeyTakenException.class);
        assertThat(reads().keyHolder("ada", "k")).isEmpty();
    }

    @Test
    default void ofThoseThatRaceForAKeyOneWins() throws Exception {
        List<CompletableFuture<Void>> racers = Race.run(8, n -> {
            AdmittedJob job = Draft.job().key("k").admitted();
            return jobs().admit(List.of(job));
        });

        assertThat(racers.stream()
                        .filter(racer -> racer.handle((v, e) -> e == null).join()))
                .hasSize(1);
        assertThat(reads().find(JobQuery.all(10), Set.of()).jobs()).hasSize(1);
    }

    @Test
    default void anAdmissionThatFailsHarmsNoOther() {
        admit(Draft.job().key("taken"));
        List<JobId> good = new ArrayList<>();
        List<CompletableFuture<Void>> goodOnes = new ArrayList<>();
        List<CompletableFuture<Void>> badOnes = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            if (n % 9 == 4) {
                badOnes.add(jobs().admit(List.of(Draft.job().key("taken").admitted())));
            } else {
                AdmittedJob job = Draft.job().admitted();
                good.add(job.stored().id());
                goodOnes.add(jobs().admit(List.of(job)));
            }
        }

        badOnes.forEach(bad -> refused(bad, KeyTakenException.class));
        goodOnes.forEach(this::done);
        assertThat(reads().jobs(good).keySet()).containsExactlyInAnyOrderElementsOf(good);
    }
}
