// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static io.jobyard.queue.HostsFixture.handler;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.Gate;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that have begun, and the version of the handler that they stay with. */
class BegunVersionsTest {

    private static final CanaryRules CANARY =
            new CanaryRules("[1.3.0,1.4.0)", 5, CanaryRules.By.SUBMITTER, 4, 10, Duration.ofHours(1));
    private static final String HELD = "it started with version work 1.0.0, which no host serves now, and inflight of"
            + " io.jobyard.types-work is wait: deploy that version again, or set inflight = move";

    private final LanesFixture fixture = new LanesFixture();

    /** Opens for what this host has a handler for. */
    @BeforeEach
    void gate() {
        fixture.gates.add(new Gate() {
            @Override
            public String name() {
                return "handler";
            }

            @Override
            public boolean ofHost() {
                return true;
            }

            @Override
            public boolean open(LaneKey lane) {
                return fixture.handlers
                        .serving(lane.type(), lane.handlerVersion())
                        .isPresent();
            }

            @Override
            public String detail(LaneKey lane) {
                return "none in " + lane.handlerVersion();
            }
        });
    }

    /** The highest first. */
    private void serves(String... versions) {
        fixture.handlers.handlers.clear();
        for (String version : versions) {
            fixture.handlers.handlers.add(new HandlerInfo("work", version, "test " + version, "active", 0, 1));
        }
        fixture.lanes.lock.wake();
    }

    private void rules(@Nullable CanaryRules canary, boolean holdsInFlight) {
        fixture.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        canary,
                        HiddenFields.NONE,
                        holdsInFlight));
        fixture.views();
    }

    private JobId begun(String version, boolean canary) {
        StoredJob job = fixture.job("ann", 5, "work");
        JobState state = new JobState(
                JobStatus.QUEUED,
                null,
                fixture.clock.instant(),
                null,
                null,
                new JobState.RunState(1, 0, null, "here", null, version));
        SchedulingState books = job.books();
        return fixture.submit(new StoredJob(
                new Job(job.id(), "ann", job.job().createdAt(), job.job().terms(), state),
                new SchedulingState(1, 0, 0, false, null, books.readyAt(), null, JobVersions.NONE.withCanary(canary))));
    }

    private List<String> rangesOfNext() {
        return fixture.take(9).stream()
                .map(ClaimCandidate::range)
                .map(String::valueOf)
                .toList();
    }

    @Test
    void aJobStaysWithTheVersionThatItBeganWithWhileThatServes() {
        serves("1.1.0", "1.0.0");
        begun("1.0.0", false);
        fixture.submit("ann", 5);
        assertThat(rangesOfNext()).containsExactly("[1.0.0,1.0.0]", "null");
    }

    @Test
    void whenThatIsGoneItMoves() {
        serves("1.1.0");
        begun("1.0.0", false);
        assertThat(rangesOfNext()).containsExactly("null");
    }

    @Test
    void orItWaitsAndSaysSoWhileNewJobsGoOn() {
        rules(null, true);
        serves("1.1.0");
        JobId id = begun("1.0.0", false);
        fixture.submit("ann", 5);
        assertThat(rangesOfNext()).as("the new one").containsExactly("null");
        assertThat(fixture.view(id).shutBy()).containsExactly(new Blocker("handler", HELD, null));

        rules(null, false);
        assertThat(fixture.view(id).shutBy()).isEmpty();
        rules(null, true);
        serves("1.1.0", "1.0.0");
        assertThat(fixture.view(id).shutBy()).isEmpty();
        assertThat(rangesOfNext()).containsExactly("[1.0.0,1.0.0]");
    }

    @Test
    void itStartsOnWhicheverHostServesThatVersion() {
        serves("1.1.0");
        fixture.hosts.own(100, false);
        fixture.hosts.other(2, 1, handler("work", "1.0.0"));
        begun("1.0.0", false);
        JobId second = begun("1.0.0", false);
        fixture.submit("ann", 5);

        assertThat(fixture.hosts.take(100)).containsExactlyInAnyOrder("work host-2:1 1.0.0", "work here");
        assertThat(fixture.view(second).shutBy())
                .as("it waits for room there")
                .extracting(Blocker::detail)
                .contains("host-2:1 serves the type but has no free worker");
        fixture.hosts.other(2, 1, handler("work", "1.1.0"));
        assertThat(fixture.hosts.take(100)).containsExactly("work here");
    }

    @Test
    void aJobOfACanaryStaysThereWhileThatIsTried() {
        rules(CANARY, false);
        serves("1.3.0", "1.2.0");
        begun("1.3.0", true);
        assertThat(rangesOfNext()).containsExactly("[1.3.0,1.3.0]");
    }

    @Test
    void oneWhoseCanaryIsGoneMovesWhateverItsTypeSays() {
        rules(CANARY, true);
        serves("1.2.0");
        begun("1.3.0", true);
        assertThat(rangesOfNext()).as("deleted, or quarantined").containsExactly("null");
    }

    @Test
    void oneWhoseCanaryRolledBackMovesToo() {
        rules(CANARY, true);
        serves("1.3.0", "1.2.0");
        fixture.submit(4, "bob", 1);
        for (int n = 0; n < 4; n++) {
            JobId id = fixture.take(1).get(0).position().id();
            fixture.startOn(id, "1.3.0");
            fixture.move(id, JobStatus.FAILED);
        }
        assertThat(fixture.lanes.canaries.isRolledBack("work")).isTrue();
        begun("1.3.0", true);
        begun("1.3.0", false);
        assertThat(rangesOfNext())
                .as("the other one asked for it, or began when it was none")
                .containsExactly("null", "[1.3.0,1.3.0]");
    }
}
