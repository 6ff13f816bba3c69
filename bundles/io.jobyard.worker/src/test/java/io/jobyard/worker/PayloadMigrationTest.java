// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.StoreException;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.api.handler.SleepException;
import io.jobyard.doubles.EndlessMap;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** What a handler gets whose job was submitted to another version of it: here to 0.3, and 1.0.0 runs it. */
class PayloadMigrationTest {

    private static final long OWN = MigratorFixture.HANDLERS_BUNDLE;
    private static final long OTHER = 7;
    private static final String OLD = "{\"text\":\"one two\"}";
    private static final Set<Version> NONE = Set.of();

    private final MigratorFixture fixture = new MigratorFixture();
    private final PayloadMigrator list = payload -> {
        payload.put("texts", List.of(payload.remove("text")));
        return payload;
    };
    private final PayloadMigrator wrapped = payload -> Map.of("all", payload);

    PayloadMigrationTest() {
        fixture.madeFor("0.3.0");
    }

    @AfterEach
    void end() {
        fixture.workers.end();
    }

    private Outcome run() {
        return fixture.run(OLD, context -> context.payload());
    }

    private String error() {
        return ((Outcome.Failed) run()).error();
    }

    @Test
    void theChainOfMigratorsIsAppliedAndTheHistorySaysSoBeforeTheHandlerBegins() {
        fixture.come(OTHER, "[0.5,1)", "1.0.0", wrapped);
        fixture.come(OTHER, "[0.1,0.5)", "0.5.0", list);

        assertThat(fixture.run(OLD, context -> {
                    assertThat(fixture.workers.noted).hasSize(1);
                    return Map.of("map", context.payload(), "record", context.payload(Wanted.class));
                }))
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        done -> assertThat(done.result())
                                .contains(
                                        "\"map\":{\"all\":{\"texts\":[\"one two\"]}}",
                                        "\"record\":{\"all\":{\"texts\":[\"one two\"]}}"));
        assertThat(fixture.workers.noted.get(0))
                .startsWith("payload migrated from 0.3.0 to 1.0.0 by " + PayloadMigrationTest.class.getName())
                .containsOnlyOnce(" (com.acme.b7 1.0.0), then ");
    }

    @Test
    void betweenVersionsThatNoMigratorDividesThePayloadIsLeftAlone() {
        fixture.come(OTHER, "[0,0.2)", "0.2.0", list);
        fixture.come(OTHER, "[1,2)", "2.0.0", list);

        assertThat(run()).isEqualTo(new Outcome.Completed(OLD));
        assertThat(fixture.workers.noted).isEmpty();
    }

    @Test
    void ofATypeWithoutMigratorsThePayloadIsLeftAlone() {
        assertThat(run()).isEqualTo(new Outcome.Completed(OLD));
    }

    @Test
    void oneThatIsMadeForNoKnownVersionIsLeftAlone() {
        fixture.come(OTHER, "[0,1)", "1.0.0", list);
        fixture.workers.history = List.of();
        assertThat(run()).isEqualTo(new Outcome.Completed(OLD));
    }

    @Test
    void whereTheHistoryCannotBeReadTheJobWaitsForTheStoreWithoutAFailure() {
        fixture.come(OTHER, "[0,1)", "1.0.0", list);
        fixture.workers.onHistory = () -> {
            throw new StoreException("the store is away", null);
        };
        assertThat(run())
                .isInstanceOfSatisfying(
                        Outcome.Slept.class,
                        slept -> assertThat(slept.why()).isEqualTo("waits for the store: the store is away"));
    }

    @Test
    void whereNoMigratorsLeadTheJobFailsForGood() {
        fixture.come(OTHER, "[0.5,1)", "1.0.0", list);

        assertThat(run())
                .isEqualTo(new Outcome.Failed(
                        "the payload was made for work 0.3.0, and no migrators convert it to 1.0.0: register the missing"
                                + " migrators and retry the job, or let the job run on work 0.3.0; registered migrators:"
                                + " [0.5.0,1.0.0) to 1.0.0",
                        true,
                        null));
    }

    @Test
    void nothingLeadsBackToAnOlderForm() {
        fixture.come(OTHER, "[1,2)", "2.0.0", list);
        fixture.madeFor("2.1.0");
        assertThat(error()).startsWith("the payload was made for work 2.1.0, and no migrators convert it to 1.0.0: ");
    }

    private static String older(String madeFor, String least) {
        return "the payload was made for work " + madeFor + ", and 1.0.0 is older: deploy " + least + " or later again"
                + " (versions and canary of io.jobyard.types-work must allow it for the job) and retry the job, or submit"
                + " its payload again for 1.0.0";
    }

    @Test
    void aPayloadOfANewerVersionFailsOnOlderCodeAlsoWhenNobodyKnowsThatVersionAnyMore() {
        fixture.workers.history = List.of();
        fixture.workers.assigned.versions = new JobVersions("1.1.0", null, false);
        assertThat(run()).isEqualTo(new Outcome.Failed(older("1.1.0", "1.1"), true, null));
        fixture.workers.assigned.versions = new JobVersions("2.1.3", "2.0.0", false);
        assertThat(run()).isEqualTo(new Outcome.Failed(older("2.1.3", "2.1"), true, null));
        fixture.workers.offered.add("2.0.9");
        assertThat(run()).as("no host has it").isEqualTo(new Outcome.Failed(older("2.1.3", "2.1"), true, null));
    }

    @Test
    void aPayloadOfANewerMicroVersionOrOfNoKnownOneRunsOnOlderCode() {
        fixture.workers.history = List.of();
        for (String madeFor : List.of("1.0.3", "1.0.0.build2", "0.9.0")) {
            fixture.workers.assigned.versions = new JobVersions(madeFor, null, false);
            assertThat(run()).as(madeFor).isEqualTo(new Outcome.Completed(OLD));
        }
        fixture.workers.assigned.versions = JobVersions.NONE;
        assertThat(run()).isEqualTo(new Outcome.Completed(OLD));
    }

    @Test
    void whileAHostOffersANewerHandlerTheJobGoesThereLaterInstead() {
        fixture.workers.history = List.of();
        fixture.workers.assigned.versions = new JobVersions("1.1.0", null, false);
        fixture.workers.offered.addAll(List.of("1.0.0", "1.2.0"));
        String why = "waits for a newer handler: the payload was made for work 1.1.0, and this host gave it to 1.0.0";
        assertThat(run()).isEqualTo(new Outcome.Slept(Duration.ofSeconds(1), why, true));
        fixture.then(why + "; sleeps until 2030-01-01T00:00:01Z");
        assertThat(run()).isEqualTo(new Outcome.Slept(Duration.ofSeconds(2), why, true));
    }

    @Test
    void aPayloadOfANewerMicroVersionThatDoesNotFitAnOlderHandlerFailsWithThatReason() {
        fixture.workers.assigned.versions = new JobVersions("1.0.1", "1.0.1", false);
        assertThat(error())
                .startsWith(
                        "the payload was made for work 1.0.1, and no migrators convert it to 1.0.0: register the missing");
        PayloadSchema schema = PayloadSchema.of("work", "{\"required\": [\"count\"]}");
        fixture.workers.assigned.versions = new JobVersions("1.0.1", null, false);
        assertThat(fixture.run(OLD, schema, NONE, context -> Map.of()))
                .isEqualTo(new Outcome.Failed(
                        "the payload was made for work 1.0.1, and does not fit 1.0.0: count is required for work jobs",
                        true,
                        null));
        fixture.workers.assigned.versions = new JobVersions("1.0.0", null, false);
        assertThat(fixture.run(OLD, schema, NONE, context -> Map.of()))
                .as("its own version checked it at the submit")
                .isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void theFewestAreTakenAndOfThoseTheOneOfTheHandlersOwnBundle() {
        fixture.come(OTHER, "[0.1,0.5)", "0.5.0", list);
        fixture.come(OTHER, "[0.5,1)", "1.0.0", list);
        fixture.come(OTHER, "[0.1,1)", "1.0.0", payload -> Map.of("by", "other"));
        fixture.come(OWN, "[0.1,1)", "1.0.0", payload -> Map.of("by", "own"));
        fixture.come(OWN, "[0.1,1)", "1.0.0", payload -> Map.of("by", "own, of a lower ranking"));

        assertThat(run()).isEqualTo(new Outcome.Completed("{\"by\":\"own\"}"));
    }

    @Test
    void oneThatThrowsFailsTheJobForGoodUnderItsName() {
        fixture.come(OTHER, "[0,1)", "1.0.0", payload -> {
            throw new IllegalStateException("no text");
        });

        assertThat(run()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.permanent()).isTrue();
            assertThat(failed.error())
                    .startsWith("migrator " + PayloadMigrationTest.class.getName())
                    .contains(" (com.acme.b7 1.0.0), work from [0.0.0,1.0.0) to 1.0.0 failed:"
                            + " IllegalStateException: no text (PayloadMigrationTest.java:");
        });
        assertThat(fixture.workers.noted).isEmpty();
    }

    @Test
    void oneThatAsksForAnotherTimeFailsTheJobAllTheSame() {
        fixture.come(OTHER, "[0,1)", "1.0.0", payload -> {
            throw new SleepException(Duration.ofSeconds(1));
        });
        assertThat(run())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.permanent()).isTrue());
    }

    @Test
    void whatItGivesIsAJsonObjectAndBounded() {
        ServiceReference<PayloadMigrator> endless = fixture.come(OTHER, "[0,1)", "1.0.0", payload -> new EndlessMap());
        assertThat(error())
                .endsWith("failed: its result has more than 1048576 bytes, the value of max.payload.bytes:"
                        + " raise max.payload.bytes in io.jobyard.scheduler");
        fixture.workers.migrators.unbind(endless);

        ServiceReference<PayloadMigrator> nothing = fixture.come(OTHER, "[0,1)", "1.0.0", payload -> null);
        assertThat(error()).endsWith("failed: it returned null: return the payload");
        fixture.workers.migrators.unbind(nothing);

        fixture.come(OTHER, "[0,1)", "1.0.0", payload -> Map.of("n", Double.NaN));
        assertThat(error()).contains("failed: its result cannot be written as JSON");
    }

    @Test
    void theSchemaOfTheHandlerIsCheckedAfterwards() {
        fixture.come(OTHER, "[0,1)", "1.0.0", list);
        PayloadSchema schema = PayloadSchema.of("work", "{\"required\": [\"count\"]}");

        assertThat(fixture.run(OLD, schema, NONE, context -> Map.of()))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.permanent()).isTrue();
                    assertThat(failed.error())
                            .startsWith("what " + PayloadMigrationTest.class.getName())
                            .endsWith(" made of the payload does not fit work 1.0.0: count is required for work jobs");
                });
    }

    @Test
    void oneOfAnotherBundleThatLeavesLetsNothingWait() {
        ServiceReference<PayloadMigrator> only = fixture.come(OTHER, "[0,1)", "1.0.0", list);
        fixture.workers.migrators.unbind(only);
        fixture.workers.migrators.unbind(only);

        assertThat(run()).as("nobody says that it has another form").isEqualTo(new Outcome.Completed(OLD));
    }

    @Test
    void oneThatLeavesAtThatMomentIsAskedAgainLater() throws InterruptedException {
        fixture.come(OTHER, "[0,1)", "1.0.0", list);
        fixture.workers.migrators.of("work").get(0).runs.drain(Duration.ZERO, Duration.ZERO);
        assertThat(run())
                .isEqualTo(new Outcome.Slept(Duration.ofSeconds(1), "waits for a migrator to 1.0.0 that is leaving"));
    }

    @Test
    void whileAMigratorOfTheHandlersOwnBundleIsMissingOnlyTheJobsThatNeedItComeBackLater() {
        Set<Version> migratesTo = Set.of(Version.parseVersion("1.0.0"));
        String why = "waits for a migrator to 1.0.0 that test 1.0.0 says it has";
        assertThat(fixture.run(OLD, PayloadSchema.NONE, migratesTo, context -> Map.of()))
                .isEqualTo(new Outcome.Slept(Duration.ofSeconds(1), why));
        fixture.then(why + "; sleeps until 2030-01-01T00:00:01Z");
        fixture.then(why + "; sleeps until 2030-01-01T00:00:03Z");
        assertThat(fixture.run(OLD, PayloadSchema.NONE, migratesTo, context -> Map.of()))
                .isEqualTo(new Outcome.Slept(Duration.ofSeconds(4), why));

        fixture.madeFor("1.0.0");
        assertThat(fixture.run(OLD, PayloadSchema.NONE, migratesTo, context -> Map.of()))
                .isEqualTo(new Outcome.Completed("{}"));
    }

    @Test
    void aRunThatIsToEndMeanwhileEnds() {
        Run[] running = new Run[1];
        fixture.come(OTHER, "[0,1)", "1.0.0", payload -> {
            running[0].end(EndReason.CANCELLED);
            Thread.sleep(Duration.ofMinutes(1).toMillis());
            return payload;
        });
        fixture.workers.handle("work", context -> Map.of());
        running[0] = fixture.workers.run(fixture.workers.assignment("work", null, OLD));

        assertThat(fixture.workers.execute(running[0])).isEqualTo(new Outcome.Cancelled());
        assertThat(fixture.workers.migrators.of("work").get(0).runs.count()).isZero();
    }

    @Test
    void aStoreThatCannotBeToldMakesTheRunComeBackLater() {
        fixture.come(OTHER, "[0,1)", "1.0.0", list);
        fixture.workers.answer = () -> CompletableFuture.failedFuture(new IllegalStateException("no room"));
        assertThat(run())
                .isEqualTo(new Outcome.Slept(Duration.ofSeconds(1), "cannot store the migrated payload: no room"));
    }

    @Test
    void oneThatSaysNonsenseOfItselfIsRefused() {
        refused(Map.of(MigratesJob.TYPE, "work", MigratesJob.TO, "1.0.0"), "missing property job.migrates.from");
        refused(properties("1.2", "2.0.0"), "job.migrates.from = 1.2.0 includes job.migrates.to = 2.0.0: use a range");
        refused(properties("[1,2]", "2.0.0"), "includes job.migrates.to = 2.0.0");
        refused(properties("[1,1)", "2.0.0"), "contains no version");
        refused(properties("[1,2)", "two"), "two");
        assertThat(fixture.workers.migrators.of("work")).isEmpty();
    }

    private static Map<String, Object> properties(String from, String to) {
        return Map.of(MigratesJob.TYPE, "work", MigratesJob.FROM, from, MigratesJob.TO, to);
    }

    private void refused(Map<String, Object> properties, String reason) {
        ServiceReference<PayloadMigrator> reference = fixture.reference(OTHER, properties);
        fixture.workers.migrators.bind(list, reference);
        assertThat(fixture.workers.migrators.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.type()).isEqualTo("work");
            assertThat(refused.bundleId()).isEqualTo(OTHER);
            assertThat(refused.reason()).startsWith("invalid migrator ").contains(reason);
        });
        fixture.workers.migrators.unbind(reference);
        assertThat(fixture.workers.migrators.refused()).isEmpty();
    }

    record Wanted(Map<String, List<String>> all) {}
}
