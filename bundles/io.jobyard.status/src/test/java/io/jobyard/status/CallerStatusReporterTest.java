// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.RunUse;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampleStep;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.store.Draft;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each question takes, and what is told to those who may not see all. */
class CallerStatusReporterTest {

    private static final Map<String, BiConsumer<StatusReporter, JobId>> OF_A_JOB = new LinkedHashMap<>();
    private static final Map<String, BiConsumer<StatusReporter, JobId>> CONTENTS = new LinkedHashMap<>();
    private static final Map<String, BiConsumer<StatusReporter, JobId>> OF_THE_HOST = new LinkedHashMap<>();

    private static final SampleQuery SAMPLES =
            new SampleQuery(SampleStep.MINUTE, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), null, null);

    static {
        OF_A_JOB.put("status", StatusReporter::status);
        OF_A_JOB.put("hidesPayload", StatusReporter::hidesPayload);
        OF_A_JOB.put("dependencies", StatusReporter::dependencies);
        OF_A_JOB.put("graph", (reporter, job) -> reporter.graph(job, 10));
        OF_A_JOB.put("result", StatusReporter::result);
        OF_A_JOB.put("history", StatusReporter::history);
        OF_A_JOB.put("uses", (reporter, job) -> reporter.uses(job));
        OF_A_JOB.put("log", StatusReporter::log);
        OF_A_JOB.put("logAfter", (reporter, job) -> reporter.logAfter(job, 0));
        OF_A_JOB.put("steps", StatusReporter::steps);
        OF_A_JOB.put("signals", StatusReporter::signals);
        OF_A_JOB.put("stacks", StatusReporter::stacks);
        OF_A_JOB.put("explain", StatusReporter::explain);
        OF_A_JOB.put("progress", StatusReporter::progress);
        OF_A_JOB.put("endedBecauseOf", (reporter, job) -> reporter.endedBecauseOf(job, 10));
        OF_THE_HOST.put("statistics", (reporter, job) -> reporter.statistics());
        OF_THE_HOST.put("activity", (reporter, job) -> reporter.activity());
        OF_THE_HOST.put("load", (reporter, job) -> reporter.load());
        OF_THE_HOST.put("slots", (reporter, job) -> reporter.slots());
        OF_THE_HOST.put("pending", (reporter, job) -> reporter.pending(JobFilter.ALL, 10));
        OF_THE_HOST.put("events", (reporter, job) -> reporter.events(EventCursor.START, 1));
        OF_THE_HOST.put("newestCursor", (reporter, job) -> reporter.newestCursor());
        OF_THE_HOST.put("schema", (reporter, job) -> reporter.schema("work"));
        OF_THE_HOST.put("queues", (reporter, job) -> reporter.queues());
        OF_THE_HOST.put("pauses", (reporter, job) -> reporter.pauses());
        OF_THE_HOST.put("limits", (reporter, job) -> reporter.limits());
        OF_THE_HOST.put("canaries", (reporter, job) -> reporter.canaries());
        OF_THE_HOST.put("samples", (reporter, job) -> reporter.samples(SAMPLES));
        OF_THE_HOST.put("hosts", (reporter, job) -> reporter.hosts());
        OF_THE_HOST.put("handlers", (reporter, job) -> reporter.handlers());
        OF_THE_HOST.put("deployed", (reporter, job) -> reporter.deployed());
        OF_THE_HOST.put("allUses", (reporter, job) -> reporter.allUses(Instant.EPOCH, Instant.MAX, null, 1));
        OF_THE_HOST.put("doctor", (reporter, job) -> reporter.doctor());
        OF_THE_HOST.put("as", (reporter, job) -> reporter.as("eve"));
    }

    static {
        CONTENTS.put("payload", StatusReporter::payload);
        CONTENTS.put("stepValue", (reporter, job) -> reporter.stepValue(job, "fetch"));
        CONTENTS.put("stream", (reporter, job) -> reporter.stream(job, 0, 10));
    }

    /** Asked below, each in a test of its own. */
    private static final List<String> OTHERS =
            List.of("find", "facets", "resolve", "queue", "histories", "usage", "group");

    private final SettableAccess access = new SettableAccess();
    private final StoredJobsFixture records = new StoredJobsFixture();
    private final StatusReporterComponent all = StatusReporterTest.reporter(records, access);
    private final StatusReporter owner = all.of(Caller.bundle("alice"));
    private final StatusReporter other = all.of(Caller.administrator("root").as("bob"));
    private JobId id;

    @BeforeEach
    void admit() {
        records.store.listen(all);
        id = records.admit(null, 5);
        StoredStep step = StoredStep.done(1, "fetch", 1, StoredJobsFixture.START, StoredJobsFixture.START, "1");
        records.store
                .work()
                .keep(records.start(id), List.of(step), RunOutput.NONE)
                .join();
    }

    @Test
    void theTestHasEveryQuestion() {
        List<String> asked = new ArrayList<>(OTHERS);
        asked.addAll(OF_A_JOB.keySet());
        asked.addAll(OF_THE_HOST.keySet());
        asked.addAll(CONTENTS.keySet());
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(StatusReporter.class.getMethods())
                        .map(method -> method.getName())
                        .toList());
    }

    @Test
    void aQuestionAboutAJobTakesViewOfOnesOwnAndViewAllOfOthers() {
        OF_A_JOB.forEach((name, question) -> {
            check(name, question, owner, Permission.VIEW, Permission.VIEW_ALL);
            check(name, question, other, Permission.VIEW_ALL, Permission.VIEW_ALL);
        });
    }

    @Test
    void whatOthersJobsWereGivenAndGaveTakesPayloadToo() {
        CONTENTS.forEach((name, question) -> {
            check(name, question, owner, Permission.VIEW, Permission.VIEW_ALL);
            access.allow(Permission.VIEW_ALL);
            assertThat(other.hidesPayload(id)).isTrue();
            assertThat(owner.hidesPayload(id)).isFalse();
            assertThatThrownBy(() -> question.accept(other, id))
                    .as(name)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo("payload"));
            access.allow(Permission.PAYLOAD);
            assertThatThrownBy(() -> question.accept(other, id))
                    .as(name)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo("view:all"));
            access.allow(Permission.VIEW_ALL, Permission.PAYLOAD);
            assertThat(other.hidesPayload(id)).isFalse();
            question.accept(other, id);
        });
    }

    @Test
    void aResultIsToldWithoutWhatItsHandlerReturned() {
        records.move(
                id,
                JobStatus.COMPLETED,
                5,
                StoredJobsFixture.START,
                "{\"card\":{\"number\":\"4711\",\"year\":2031},\"rows\":[{\"name\":\"ann\"}]}");
        access.allow(Permission.VIEW_ALL);
        assertThat(owner.result(id).result()).containsOnlyKeys("card", "rows");
        assertThat(other.result(id).result()).isNull();
        assertThat(other.result(id).status()).isEqualTo(JobStatus.COMPLETED);
        access.allow(Permission.VIEW_ALL, Permission.PAYLOAD);
        assertThat(other.result(id)).isEqualTo(owner.result(id));
    }

    @Test
    void whatTheConfigurationOfATypeHidesOnlyTheSubmitterSees() {
        records.move(
                id,
                JobStatus.COMPLETED,
                5,
                StoredJobsFixture.START,
                "{\"card\":{\"number\":\"4711\",\"year\":2031},\"rows\":[{\"name\":\"ann\"}]}");
        records.handlers.rules.put("work", hiding("payload, result.card.number, result.rows.*.name, steps"));
        assertThat(other.result(id).result())
                .isEqualTo(Map.of(
                        "card",
                        Map.of("number", "(hidden)", "year", 2031),
                        "rows",
                        List.of(Map.of("name", "(hidden)"))));
        assertThat(owner.result(id).result().get("card")).isEqualTo(Map.of("number", "4711", "year", 2031));
        assertThat(other.payload(id).values()).allMatch("(hidden)"::equals);
        assertThat(other.stepValue(id, "fetch")).contains("(hidden)");
        assertThat(owner.stepValue(id, "fetch")).contains(1);
        assertThat(all.ofHost().payload(id)).isEqualTo(owner.payload(id));
        assertThat(all.ofHost().result(id)).isEqualTo(owner.result(id));
        records.handlers.rules.put("work", hiding("result.rows.0"));
        assertThat(other.result(id).result().get("rows")).isEqualTo(List.of("(hidden)"));
        assertThat(other.payload(id)).isEqualTo(owner.payload(id));
    }

    private static TypeRules hiding(String text) {
        return new TypeRules(
                TypeRules.TypeDefaults.NONE,
                null,
                Backoff.USUAL,
                TypeRules.KeptDays.NONE,
                null,
                null,
                HiddenFields.parse(text),
                false);
    }

    @Test
    void aQuestionAboutTheHostTakesViewButSomeTakeMore() {
        OF_THE_HOST.forEach((name, question) -> {
            Permission needed = switch (name) {
                case "doctor" -> Permission.OPERATE;
                case "as" -> Permission.IMPERSONATE;
                case "events", "newestCursor", "allUses" -> Permission.VIEW_ALL;
                default -> Permission.VIEW;
            };
            Permission more = needed == Permission.VIEW ? Permission.VIEW_ALL : needed;
            check(name, question, owner, needed, more);
            check(name, question, other, needed, more);
        });
    }

    /** With {@code more} instead of what is needed it works as well. */
    private void check(
            String name,
            BiConsumer<StatusReporter, JobId> question,
            StatusReporter reporter,
            Permission needed,
            Permission more) {
        for (Permission permission : Permission.values()) {
            access.allow(permission);
            if (permission == needed || permission == more) {
                question.accept(reporter, id);
                continue;
            }
            assertThatThrownBy(() -> question.accept(reporter, id))
                    .as(name + " with " + permission)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo(needed.text()));
        }
    }

    @Test
    void aListHasOnesOwnJobsUnlessAllMayBeSeen() {
        access.allow(Permission.VIEW);
        assertThat(owner.find(JobQuery.all(10)).jobs()).extracting(Job::id).containsExactly(id);
        assertThat(other.find(JobQuery.all(10)).jobs()).isEmpty();
        assertThat(owner.facets(JobFilter.ALL).total()).isEqualTo(1);
        assertThat(other.facets(JobFilter.ALL).total()).isZero();
        assertThatThrownBy(() -> other.facets(JobFilter.ALL.withSubmitter("alice")))
                .isInstanceOf(AccessException.class);
        assertThatThrownBy(() -> other.find(JobQuery.of(JobFilter.ALL.withSubmitter("alice"), 10)))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("view:all"));
        access.allow(Permission.VIEW, Permission.VIEW_ALL);
        assertThat(other.find(JobQuery.all(10)).jobs()).extracting(Job::id).containsExactly(id);
        access.allow(Permission.CANCEL);
        assertThatThrownBy(() -> owner.find(JobQuery.all(10))).isInstanceOf(AccessException.class);
    }

    @Test
    void historiesAreThoseOfOnesOwnJobsUnlessAllMayBeSeen() {
        List<JobId> asked = List.of(id, new JobId(new UUID(9, 9)));
        access.allow(Permission.VIEW);
        assertThat(owner.histories(asked)).isEqualTo(Map.of(id, owner.history(id)));
        assertThat(other.histories(asked)).isEmpty();
        access.allow(Permission.VIEW_ALL);
        assertThat(other.histories(asked)).isEqualTo(Map.of(id, other.history(id)));
        access.allow(Permission.CANCEL);
        assertThatThrownBy(() -> owner.histories(asked)).isInstanceOf(AccessException.class);
    }

    @Test
    void usageIsThatOfOnesOwnJobsUnlessAllMayBeSeen() {
        Instant now = records.store.job(id).orElseThrow().job().createdAt();
        records.store
                .usage()
                .keep(List.of(new RunUse(
                        new RunUse.MeteredRun(id, 1, now, "alice", "work", null, Map.of()), "tokens", 5, null)))
                .join();
        UsageQuery query =
                new UsageQuery(now, now.plusSeconds(1), List.of("user"), null, ZoneOffset.UTC, null, null, null);
        access.allow(Permission.VIEW);
        assertThat(owner.usage(query)).extracting(Usage::runs).containsExactly(1L);
        assertThat(other.usage(query)).isEmpty();
        assertThatThrownBy(() -> other.usage(query.withSubmitter("alice")))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("view:all"));
        access.allow(Permission.VIEW_ALL);
        assertThat(other.usage(query)).hasSize(1);
        access.allow(Permission.CANCEL);
        assertThatThrownBy(() -> owner.usage(query)).isInstanceOf(AccessException.class);
    }

    @Test
    void theModelInTheUsageIsToldToThoseWhoMaySeeItInThePayload() {
        Instant now = records.store.job(id).orElseThrow().job().createdAt();
        records.store
                .usage()
                .keep(List.of(new RunUse(
                        new RunUse.MeteredRun(id, 1, now, "alice", "work", "acme-7", Map.of()), "tokens", 5, null)))
                .join();
        UsageQuery query =
                new UsageQuery(now, now.plusSeconds(1), List.of("model"), null, ZoneOffset.UTC, null, null, null);
        access.allow(Permission.VIEW_ALL);
        assertThat(models(owner, query)).containsOnly("acme-7");
        assertThat(models(other, query)).containsOnly("(hidden)");
        access.allow(Permission.VIEW_ALL, Permission.PAYLOAD);
        assertThat(models(other, query)).containsOnly("acme-7");
        records.handlers.rules.put("work", hiding("payload.model"));
        assertThat(models(other, query)).containsOnly("(hidden)");
        assertThat(models(owner, query)).containsOnly("acme-7");
    }

    private List<String> models(StatusReporter reporter, UsageQuery query) {
        return Stream.of(
                        reporter.uses(id).stream().map(one -> one.run().model()),
                        reporter.allUses(query.since(), query.until(), null, 10).stream()
                                .map(one -> one.run().model()),
                        reporter.usage(query).stream()
                                .map(usage -> usage.group().get("model")))
                .flatMap(models -> models)
                .toList();
    }

    @Test
    void aGroupIsToldToItsSubmitterAndToThoseWhoMaySeeAll() {
        records.store
                .admit(List.of(Draft.job().submitter("alice").group("night").admitted()))
                .join();
        access.allow(Permission.VIEW);
        assertThat(owner.group("night", null).byStatus()).isEqualTo(Map.of(JobStatus.QUEUED, 1L));
        assertThat(owner.group("night", "alice").isFinished()).isFalse();
        assertThatThrownBy(() -> owner.group("day", null))
                .isInstanceOf(ValidationException.class)
                .hasMessage("unknown group 'day': no job of alice is in it");
        assertThatThrownBy(() -> other.group("night", "alice"))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("view:all"));
        access.allow(Permission.VIEW_ALL);
        assertThat(other.group("night", "alice").total()).isEqualTo(1);
        access.allow(Permission.CANCEL);
        assertThatThrownBy(() -> owner.group("night", null)).isInstanceOf(AccessException.class);
    }

    @Test
    void theCountsNameOtherSubmittersOnlyToThoseWhoMaySeeAll() {
        access.allow(Permission.VIEW);
        assertThat(owner.statistics().bySubmitter()).isEqualTo(Map.of("alice", 1L));
        assertThat(other.statistics().bySubmitter()).isEmpty();
        assertThat(other.statistics().total()).isEqualTo(1);
        access.allow(Permission.VIEW, Permission.VIEW_ALL);
        assertThat(other.statistics().bySubmitter()).isEqualTo(Map.of("alice", 1L));
    }

    @Test
    void whoMaySeeNoJobsFindsNoIdsByTheirEnds() {
        String whole = id.toString();
        access.allow(Permission.CANCEL);
        assertThatThrownBy(() -> owner.resolve(whole.substring(28)))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("view"));
        assertThat(owner.resolve(whole)).as("for a cancel, say").isEqualTo(id);
    }

    @Test
    void theQueueOfAJobIsToldToThoseWhoMaySeeIt() {
        Job job = records.store.job(id).orElseThrow().job();
        check("queue", (reporter, own) -> reporter.queue(job), owner, Permission.VIEW, Permission.VIEW_ALL);
        check("queue", (reporter, own) -> reporter.queue(job), other, Permission.VIEW_ALL, Permission.VIEW_ALL);
    }

    @Test
    void theEndOfAnIdFindsOnlyWhatMayBeSeen() {
        String ending = id.toString().substring(30);
        access.allow(Permission.VIEW);
        assertThat(owner.resolve(ending)).isEqualTo(id);
        assertThatThrownBy(() -> other.resolve(ending)).isInstanceOf(JobNotFoundException.class);
        access.allow(Permission.VIEW_ALL);
        assertThat(other.resolve(ending)).isEqualTo(id);
    }
}
