// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static io.jobyard.queue.HostsFixture.handler;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.VersionRange;

/** The leader starts jobs on all hosts, in one order. */
@Timeout(60)
class StartsElsewhereTest {

    private static final Blocker NONE_HERE = new Blocker("handler", "none for fax", null);

    private final LanesFixture fixture = new LanesFixture();
    private final HostsFixture hosts = fixture.hosts;

    @Test
    void aJobStartsOnTheHostThatServesIt() {
        hosts.serves(Set.of("work"));
        hosts.other(2, 4, handler("fax", "1.0.0"));
        fixture.submit("ann", 5, "fax");
        fixture.submit("ann", 5, "work");

        assertThat(hosts.take(1)).containsExactly("fax host-2:1 1.0.0", "work here");
    }

    @Test
    void anotherHostGivesItToTheHighestOfItsVersionsThatTheJobAllows() {
        hosts.serves(Set.of());
        hosts.other(2, 4, handler("fax", "1.0.0"), handler("fax", "10.0.0"), handler("fax", "2.5.0"));
        hosts.other(3, 4, handler("fax", "3.0.0"));
        StoredJob job = fixture.job("ann", 5, "fax");
        LaneKey any = LaneKey.of(job);
        fixture.submit(job);

        assertThat(hosts.take(0)).containsExactly("fax host-2:1 10.0.0");
        assertThat(new OtherHost(hosts.life(2))
                        .serving(with(any, "[1,3)"), null)
                        .handler()
                        .name()
                        .version())
                .isEqualTo("2.5.0");
        assertThat(new OtherHost(hosts.life(2)).serving(with(any, "[11,12)"), null))
                .isNull();
    }

    @Test
    void anotherHostHasAHandlerForTheCanarysJobsToo() {
        hosts.serves(Set.of());
        CanaryRules canary = new CanaryRules("[10,11)", 5, CanaryRules.By.JOB, 1, 0, Duration.ofHours(1));
        fixture.handlers.rules.put(
                "fax",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        canary,
                        HiddenFields.NONE,
                        false));
        fixture.limit("slow", "running.max", "9");
        fixture.limit("fast", "running.max", "9");
        hosts.other(2, 4, handler("fax", "1.0.0", "slow"), handler("fax", "10.0.0", "fast"));
        fixture.submit("ann", 5, "fax");
        ClaimCandidate taken = fixture.take(0).get(0);
        assertThat(taken.elsewhere().handler().version()).isEqualTo("1.0.0");
        assertThat(taken.elsewhere().canary().version()).isEqualTo("10.0.0");
        assertThat(taken.elsewhere().withCanary().handler().version()).isEqualTo("10.0.0");
        assertThat(fixture.lanes.groups.named(taken.lane())).containsExactlyInAnyOrder("slow", "fast");

        OtherHost host = new OtherHost(hosts.life(2));
        VersionRange versions = new VersionRange("[10,11)");
        OtherHost.Serving asked = host.serving(with(taken.lane(), "[10,11)"), versions);
        assertThat(asked.handler().name().version())
                .as("by the job's own range")
                .isEqualTo("10.0.0");
        assertThat(asked.canary()).isNull();
        assertThat(host.serving(taken.lane(), new VersionRange("1.0")))
                .as("nothing beside the canary")
                .isNull();
    }

    private static LaneKey with(LaneKey lane, String range) {
        return new LaneKey(
                lane.queue(),
                lane.priority(),
                lane.submitter(),
                lane.type(),
                range,
                lane.limits(),
                lane.estimated(),
                lane.suspect());
    }

    @Test
    void theEmptiestHostGetsTheNextJobAndThisOneIsPreferred() {
        hosts.own(4, false);
        hosts.other(2, 2, handler("work", "1.0.0"));
        fixture.submit(7, "ann", 5);

        assertThat(hosts.take(4))
                .containsExactly(
                        "work here",
                        "work host-2:1 1.0.0",
                        "work here",
                        "work here",
                        "work host-2:1 1.0.0",
                        "work here");
    }

    @Test
    void thoseBehindAFullHostGoOnWhereThereIsRoom() {
        hosts.serves(Set.of("work"));
        UUID other = hosts.other(2, 1, handler("fax", "1.0.0"));
        List<JobId> faxes = fixture.submit(3, "ann", 1, "fax");
        fixture.submit(2, "ann", 5);

        assertThat(hosts.take(2)).containsExactly("fax host-2:1 1.0.0", "work here", "work here");
        assertThat(fixture.view(faxes.get(1)).shutBy())
                .containsExactly(new Blocker("host", "host-2:1 serves the type but has no free worker", null));

        hosts.commits(faxes.get(0), JobStatus.COMPLETED, null, LanesFixture.START, null);

        assertThat(fixture.view(faxes.get(1)).shutBy()).isEmpty();
        assertThat(hosts.take(0)).containsExactly("fax host-2:1 1.0.0");
        hosts.ends(other);
        assertThat(fixture.view(faxes.get(2)).shutBy()).containsExactly(NONE_HERE);
    }

    @Test
    void aHostThatDrainsIsGivenNothing() {
        hosts.serves(Set.of("work"));
        hosts.draining(2, 4, handler("fax", "1.0.0"));
        JobId fax = fixture.submit("ann", 5, "fax");

        assertThat(hosts.take(4)).isEmpty();
        assertThat(fixture.view(fax).shutBy())
                .containsExactly(new Blocker("draining", "host-2:1 serves the type but is draining", null));
    }

    @Test
    void whileThisHostDrainsOthersDoItsJobs() {
        hosts.own(4, true);
        JobId first = fixture.submit("ann", 5);
        assertThat(hosts.take(4)).isEmpty();
        assertThat(fixture.view(first).shutBy()).extracting(Blocker::gate).containsExactly("draining");

        hosts.other(2, 4, handler("work", "1.0.0"));

        assertThat(fixture.view(first).shutBy()).isEmpty();
        assertThat(hosts.take(4)).containsExactly("work host-2:1 1.0.0");
    }

    @Test
    void whatNoHostServesSaysSo() {
        hosts.serves(Set.of("work"));
        JobId fax = fixture.submit("ann", 5, "fax");
        assertThat(fixture.view(fax).shutBy()).containsExactly(NONE_HERE);

        hosts.other(2, 4, handler("work", "1.0.0"));
        hosts.own(4, true);
        Blocker none = new Blocker("handler", "none for fax; no other host serves the type", null);
        Blocker drains = new Blocker(
                "draining",
                "this host is draining and starts no jobs until the drain ends; no other host serves the type",
                null);
        assertThat(fixture.view(fax).shutBy()).containsExactly(none, drains);

        hosts.draining(2, 4, handler("work", "1.0.0"));
        JobId work = fixture.submit("ann", 5);
        assertThat(fixture.view(work).shutBy())
                .containsExactly(
                        new Blocker("draining", "this host is draining and starts no jobs until the drain ends", null),
                        new Blocker("draining", "host-2:1 serves the type but is draining", null));
        hosts.other(2, 4);
        assertThat(fixture.view(work).shutBy()).containsExactly(drains);
    }

    @Test
    void aRunThatIsGivenBackLeavesItsRoom() {
        hosts.serves(Set.of());
        hosts.other(2, 1, handler("work", "1.0.0"));
        fixture.submit(2, "ann", 5);
        List<ClaimCandidate> taken = fixture.take(0);
        assertThat(taken).hasSize(1);
        assertThat(fixture.take(0)).isEmpty();

        fixture.lanes.claims.settle(taken, List.of()); // its start was not stored

        assertThat(fixture.take(0)).isEqualTo(taken);
    }

    @Test
    void limitsThatHandlersOfOtherHostsNameHoldTheirJobs() {
        hosts.serves(Set.of());
        fixture.limit("modem", "running.max", "1");
        hosts.other(2, 4, handler("fax", "1.0.0", "modem"));
        fixture.submit(2, "ann", 5, "fax");

        assertThat(hosts.take(0)).hasSize(1);
    }

    @Test
    void aHostThatIsNotTheLeaderStartsNothing() throws Exception {
        hosts.leader(false);
        hosts.other(2, 4, handler("work", "1.0.0"));
        JobId id = fixture.submit("ann", 5);
        assertThat(hosts.take(4)).isEmpty();

        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<List<ClaimCandidate>> taker =
                    threads.submit(() -> fixture.lanes.claims.take(() -> new Slots(4, 0), Duration.ofSeconds(50)));
            hosts.leader(true);
            assertThat(taker.get(30, TimeUnit.SECONDS)).isEmpty(); // it goes on from what the store knows first
        } finally {
            threads.shutdownNow();
        }
        fixture.lanes.follower.takeOver(fixture.lanes.leadership.begins(), List.of());

        assertThat(fixture.take(4)).extracting(taken -> taken.position().id()).containsExactly(id);
    }

    @Test
    void aLeadershipThatIsOverByThenIsNotBegun() {
        hosts.leader(false);
        hosts.leader(true);
        int first = fixture.lanes.leadership.begins();
        hosts.leader(false);
        fixture.lanes.follower.takeOver(first, List.of());
        assertThat(fixture.lanes.leadership.isHeld()).isFalse();
        hosts.leader(true);
        fixture.lanes.follower.takeOver(first, List.of());
        assertThat(fixture.lanes.leadership.isHeld()).isFalse();
    }

    @Test
    void whatTheLeaderHasStoredReplacesWhatThisHostHasReckoned() {
        fixture.limit("openai", "rate.tokens", "100/m burst 100");
        hosts.leader(false);
        UUID other = hosts.other(2, 4, handler("work", "1.0.0"));
        JobId id = fixture.submitLimited("ann", 5, Map.of("tokens", 40.0), "openai");
        hosts.commits(id, JobStatus.RUNNING, null, null, other);
        assertThat(tokens()).isEqualTo(60);
        fixture.store
                .remember(List.of(new LimitUse(
                        new LimitKey(LimitKind.LIMIT, "openai", "tokens"),
                        fixture.clock.instant().plusSeconds(54),
                        100 / 60.0,
                        0)))
                .join(); // as the leader does, which knows of other jobs too

        takeOver();

        assertThat(tokens()).isEqualTo(10);
    }

    /** A job that begins at the leader tells nobody else; it has begun long since, and is not drawn now. */
    @Test
    void whatTheLeaderBeforeHasStartedItselfIsDrawnWhenItSays() {
        fixture.limit("openai", "rate.tokens", "100/m burst 100");
        hosts.leader(false);
        UUID other = hosts.other(2, 4, handler("work", "1.0.0"));
        JobId id = fixture.submitLimited("ann", 5, Map.of("tokens", 40.0), "openai");
        hosts.commits(id, JobStatus.RUNNING, null, null, other);
        fixture.store
                .remember(List.of(new LimitUse(
                        new LimitKey(LimitKind.LIMIT, "openai", "tokens"),
                        fixture.clock.instant().plusSeconds(24),
                        100 / 60.0,
                        0)))
                .join();
        fixture.clock.advance(Duration.ofSeconds(24));

        takeOver();

        assertThat(tokens()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"rate.tokens, 100/m burst 100", "budget.tokens, 100/d"})
    void whatRunsToldAndTheLeaderHadNotStoredCountsAllTheSame(String key, String value) {
        fixture.limit("openai", key, value);
        hosts.leader(false);
        UUID other = hosts.other(2, 4, handler("work", "1.0.0"));
        JobId ended = fixture.submitLimited("ann", 5, Map.of("tokens", 10.0), "openai");
        JobId runs = fixture.submitLimited("ann", 5, Map.of("tokens", 10.0), "openai");
        hosts.commits(ended, JobStatus.RUNNING, null, null, other);
        hosts.commits(runs, JobStatus.RUNNING, null, null, other);
        fixture.lanes.draws.begun(ended);
        fixture.lanes.draws.begun(runs);
        fixture.store
                .remember(fixture.lanes.allowances.takeChanged())
                .join(); // as the leader does, and then it is gone
        fixture.lanes.draws.used(ended, "tokens", 30.0);
        fixture.lanes.draws.used(runs, "tokens", 25.0);
        hosts.commits(ended, JobStatus.COMPLETED, null, LanesFixture.START, null);

        takeOver();

        assertThat(tokens()).isEqualTo(45);
        assertThat(fixture.lanes.allowances.takeChanged())
                .as("it is stored now")
                .extracting(use -> use.key().unit())
                .contains("tokens");
    }

    @Test
    void aLimitThatTheOtherSideShutMeanwhileStaysShut() {
        fixture.limit("openai", "running.max", "4");
        hosts.leader(false);
        UUID other = hosts.other(2, 4, handler("work", "1.0.0"));
        JobId id = fixture.submitLimited("ann", 5, Map.of(), "openai");
        hosts.commits(id, JobStatus.RUNNING, null, null, other);
        fixture.lanes.draws.rateLimited(id, fixture.clock.instant().plusSeconds(60));
        fixture.submitLimited("ann", 5, Map.of(), "openai");

        takeOver();

        assertThat(fixture.take(4)).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(60));
        assertThat(fixture.take(4)).hasSize(1);
    }

    private void takeOver() {
        hosts.leader(true);
        fixture.lanes.follower.takeOver(fixture.lanes.leadership.begins(), fixture.store.uses());
    }

    @Test
    void aRunElsewhereThatNeverToldCountsAsBegunWhenItEnds() {
        fixture.limit("openai", "rate.tokens", "100/m burst 100");
        hosts.serves(Set.of());
        hosts.other(2, 4, handler("work", "1.0.0"));
        JobId told = fixture.submitLimited("ann", 5, Map.of("tokens", 40.0), "openai");
        JobId back = fixture.submitLimited("ann", 5, Map.of("tokens", 20.0), "openai");
        assertThat(hosts.take(0)).hasSize(2);
        assertThat(tokens()).isEqualTo(40);

        hosts.commits(told, JobStatus.COMPLETED, null, LanesFixture.START, null);
        hosts.commits(back, JobStatus.QUEUED, Reason.INTERRUPTED, null, null);

        assertThat(tokens()).isEqualTo(60);
    }

    @Test
    void aCancelledRunCountsAsBegunUnlessItsOwnHostTellsThatItHadNot() {
        fixture.limit("openai", "rate.tokens", "100/m burst 100");
        hosts.serves(Set.of());
        hosts.other(2, 4, handler("work", "1.0.0"));
        JobId told = fixture.submitLimited("ann", 5, Map.of("tokens", 40.0), "openai");
        JobId lost = fixture.submitLimited("ann", 5, Map.of("tokens", 20.0), "openai");
        assertThat(hosts.take(0)).hasSize(2);

        hosts.commits(told, JobStatus.CANCELLED, null, null, null);
        fixture.move(lost, JobStatus.CANCELLED); // by this host, for its own has ended

        assertThat(tokens()).isEqualTo(80);
    }

    @Test
    void jobsThatRunWhenTheLanesAreOpenedHoldTheirPlaces() {
        fixture.limit("gpu", "running.max", "1");
        UUID other = hosts.other(2, 1, handler("work", "1.0.0"));
        JobId running = fixture.submitLimited("ann", 5, Map.of(), "gpu");
        JobId waits = fixture.submitLimited("ann", 5, Map.of(), "gpu");
        hosts.starts(running, other);

        fixture.open();
        hosts.told();

        assertThat(fixture.view(waits).shutBy())
                .containsExactly(new Blocker("limit", "gpu: 1 of running.max 1 run", null));
        hosts.commits(running, JobStatus.COMPLETED, null, LanesFixture.START, null);
        assertThat(hosts.take(4)).containsExactly("work here");
    }

    private double tokens() {
        return fixture.lanes.limits.limits().stream()
                .filter(limit -> limit.name().equals("openai"))
                .findFirst()
                .orElseThrow()
                .rates()
                .get(0)
                .remaining();
    }
}
