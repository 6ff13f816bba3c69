// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What each call to the job manager takes, and what becomes of priorities beyond the best. */
class AccessTest {

    private interface Call {
        void on(JobManager manager, JobId job) throws Exception;
    }

    private static final Map<String, Call> CALLS = new LinkedHashMap<>();

    static {
        CALLS.put(
                "submit",
                (manager, job) -> manager.submit(SchedulerFixture.spec().build()));
        CALLS.put(
                "submitAll",
                (manager, job) ->
                        manager.submitAll(List.of(SchedulerFixture.spec().build())));
        CALLS.put(
                "preview",
                (manager, job) -> manager.preview(SchedulerFixture.spec().build()));
        CALLS.put("runNow", JobManager::runNow);
        CALLS.put("job", JobManager::job);
        CALLS.put("await", (manager, job) -> manager.await(job, Duration.ZERO));
        CALLS.put("change", (manager, job) -> manager.change(job, new JobChange().priority(7)));
        CALLS.put("pause", (manager, job) -> manager.pause(PauseTarget.queue("default"), null, null));
        CALLS.put("resume", (manager, job) -> manager.resume(PauseTarget.queue("default")));
        CALLS.put("pauseJob", (manager, job) -> manager.pauseJob(job, null, null));
        CALLS.put("resumeJob", JobManager::resumeJob);
        CALLS.put("release", (manager, job) -> manager.release("com.acme.reports"));
        CALLS.put("drain", (manager, job) -> manager.drain(null));
        CALLS.put("endDrain", (manager, job) -> {
            manager.drain(null);
            manager.endDrain(null);
        });
        CALLS.put("setLimit", (manager, job) -> manager.setLimit("openai", Map.of("running.max", "2")));
        CALLS.put("removeLimit", (manager, job) -> {
            manager.setLimit("openai", Map.of("running.max", "2"));
            manager.removeLimit("openai");
        });
        CALLS.put("setQueue", (manager, job) -> manager.setQueue("bulk", Map.of("types", "a*")));
        CALLS.put("removeQueue", (manager, job) -> {
            manager.setQueue("bulk", Map.of("types", "a*"));
            manager.removeQueue("bulk");
        });
        CALLS.put("cancel", JobManager::cancel);
        CALLS.put("retry", JobManager::retry);
        CALLS.put("signal", (manager, job) -> manager.signal(job, "approved", true));
        CALLS.put("retryWithDependents", JobManager::retryWithDependents);
        CALLS.put("as", (manager, job) -> manager.as("eve"));
    }

    /** The permissions a call takes on one's own job, and on another's. */
    private static final Map<String, List<Permission>> NEEDS = Map.ofEntries(
            Map.entry("submit", List.of(Permission.SUBMIT, Permission.SUBMIT)),
            Map.entry("submitAll", List.of(Permission.SUBMIT, Permission.SUBMIT)),
            Map.entry("preview", List.of(Permission.SUBMIT, Permission.SUBMIT)),
            Map.entry("runNow", List.of(Permission.SUBMIT, Permission.OPERATE)),
            Map.entry("job", List.of(Permission.VIEW, Permission.VIEW_ALL)),
            Map.entry("await", List.of(Permission.VIEW, Permission.VIEW_ALL)),
            Map.entry("change", List.of(Permission.SUBMIT, Permission.OPERATE)),
            Map.entry("pause", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("resume", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("pauseJob", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("resumeJob", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("release", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("drain", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("endDrain", List.of(Permission.OPERATE, Permission.OPERATE)),
            Map.entry("setLimit", List.of(Permission.ADMIN, Permission.ADMIN)),
            Map.entry("removeLimit", List.of(Permission.ADMIN, Permission.ADMIN)),
            Map.entry("setQueue", List.of(Permission.ADMIN, Permission.ADMIN)),
            Map.entry("removeQueue", List.of(Permission.ADMIN, Permission.ADMIN)),
            Map.entry("cancel", List.of(Permission.CANCEL, Permission.CANCEL_ALL)),
            Map.entry("signal", List.of(Permission.SIGNAL, Permission.SIGNAL_ALL)),
            Map.entry("retryWithDependents", List.of(Permission.RETRY, Permission.RETRY_ALL)),
            Map.entry("retry", List.of(Permission.RETRY, Permission.RETRY_ALL)),
            Map.entry("as", List.of(Permission.IMPERSONATE, Permission.IMPERSONATE)));

    /** What is asked for many jobs at once, in a test of its own; and what takes a token and no permission. */
    private static final List<String> OTHERS = List.of(
            "specification",
            "fork",
            "previewBulk",
            "beginBulk",
            "bulks",
            "bulk",
            "stopBulk",
            "completeCallback",
            "failCallback");

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void theTestHasEveryCall() {
        List<String> asked = new ArrayList<>(OTHERS);
        asked.addAll(CALLS.keySet());
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(JobManager.class.getMethods())
                        .map(method -> method.getName())
                        .distinct()
                        .toList());
    }

    @Test
    void eachCallTakesItsPermissionAndNoOtherHelps() throws Exception {
        for (Caller caller :
                List.of(Caller.bundle("com.acme"), Caller.administrator("root").as("ann"))) {
            for (String call : CALLS.keySet()) {
                for (boolean own : new boolean[] {true, false}) {
                    for (Permission permission : Permission.values()) {
                        check(caller, call, own, permission);
                    }
                }
            }
        }
    }

    private void check(Caller caller, String name, boolean own, Permission permission) throws Exception {
        JobSpecificationBuilder asked = SchedulerFixture.spec();
        JobId job = scheduler
                .of(own ? caller : Caller.administrator("other"))
                .submit((name.equals("runNow") ? asked.notBefore(SchedulerFixture.START.plusSeconds(99)) : asked)
                        .build())
                .id();
        if (name.startsWith("retry")) {
            scheduler.manager.cancel(job);
        } else if (name.equals("resumeJob")) {
            scheduler.manager.pauseJob(job, null, null);
        } else if (name.equals("resume")) {
            scheduler.manager.pause(PauseTarget.queue("default"), null, null);
        }
        List<HistoryEvent> before = scheduler.memory.history(job);
        scheduler.quarantine.released.clear();
        scheduler.access.allow(permission);
        String cell = caller + " " + name + (own ? " own " : " others' ") + permission;
        Permission needed = NEEDS.get(name).get(own ? 0 : 1);
        if (Permission.parse(permission.text()).contains(needed)) {
            CALLS.get(name).on(scheduler.of(caller), job);
        } else {
            assertThatThrownBy(() -> CALLS.get(name).on(scheduler.of(caller), job))
                    .as(cell)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo(needed.text()));
            assertThat(scheduler.memory.history(job)).as(cell).isEqualTo(before);
            assertThat(scheduler.quarantine.released).as(cell).isEmpty();
        }
        scheduler.access.allow(Permission.values());
    }

    @Test
    void theLabelsOfAnothersJobTakeImpersonate() {
        JobId job = scheduler
                .of(Caller.administrator("other"))
                .submit(SchedulerFixture.spec().label("tenant", "a").build())
                .id();
        JobManager acme = scheduler.of(Caller.bundle("com.acme"));
        JobChange change = new JobChange().label("tenant", "b");
        BulkRequest bulk = new BulkRequest(BulkAction.CHANGE, JobFilter.ALL.withSubmitter("other"), change);
        scheduler.access.allow(Permission.SUBMIT, Permission.OPERATE);
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(() -> acme.change(job, change), () -> acme.beginBulk(bulk))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo("impersonate"));
        }
        assertThat(scheduler.memory.history(job)).hasSize(1);
        assertThat(acme.change(job, new JobChange().label("tenant", "a").priority(3))
                        .terms()
                        .routing()
                        .priority())
                .isEqualTo(3);
        scheduler.access.allow(Permission.OPERATE, Permission.IMPERSONATE);
        assertThat(acme.change(job, change).terms().identity().labels()).containsEntry("tenant", "b");
    }

    @Test
    void whatOthersJobsWereAskedWithAndGaveTakesPayloadToo() {
        JobId job = scheduler
                .of(Caller.administrator("other"))
                .submit(SchedulerFixture.spec().build())
                .id();
        JobManager acme = scheduler.of(Caller.bundle("com.acme"));
        JobSpecification child = SchedulerFixture.spec().dependsOn(job).build();
        scheduler.access.allow(Permission.SUBMIT, Permission.VIEW_ALL);
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(() -> acme.specification(job), () -> acme.submit(child))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo("payload"));
        }
        scheduler.access.allow(Permission.SUBMIT, Permission.VIEW_ALL, Permission.PAYLOAD);
        assertThat(acme.specification(job).payload()).isNotNull();
        assertThat(acme.submit(child).duplicate()).isFalse();
    }

    @Test
    void whatTheTypeHidesIsCopiedByItsSubmitterAlone() {
        Caller owner = Caller.administrator("other");
        JobId job = scheduler.of(owner).submit(SchedulerFixture.spec().build()).id();
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.parse("payload.card"),
                        false));
        assertThat(scheduler.of(owner).specification(job).payload()).isNotNull();
        assertThatThrownBy(() -> scheduler.of(Caller.bundle("com.acme")).specification(job))
                .isInstanceOf(AccessException.class)
                .hasMessage("bundle com.acme may not copy job " + job
                        + " of other: the configuration of type work shows parts of its payload only to its submitter");
    }

    @Test
    void whoeverMayNoLongerSpeakForOthersMayNothingByAManagerOfBefore() throws Exception {
        Caller portal = Caller.bundle("com.acme.portal");
        JobId job = scheduler
                .of(portal.as("ann"))
                .submit(SchedulerFixture.spec().build())
                .id();
        JobManager kept = scheduler.of(portal).as("ann");
        Set<Permission> rest = EnumSet.complementOf(EnumSet.of(Permission.IMPERSONATE));
        scheduler.access.allow(rest.toArray(Permission[]::new));
        for (String call : CALLS.keySet()) {
            assertThatThrownBy(() -> CALLS.get(call).on(kept, job))
                    .as(call)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo("impersonate"));
        }
        assertThat(scheduler.memory.history(job)).hasSize(1);
    }

    @Test
    void theHistoryNamesWhoSpokeForWhom() {
        JobManager ann = scheduler.manager.as("ann");
        JobId job = ann.submit(SchedulerFixture.spec().build()).id();
        ann.change(job, new JobChange().priority(2));
        ann.cancel(job);
        ann.retry(job);
        assertThat(scheduler.memory.history(job))
                .extracting(HistoryEvent::who)
                .hasSize(4)
                .containsOnly("ann, by administrator alice");
        assertThat(scheduler.job(job).submitter()).isEqualTo("ann");
        assertThat(scheduler.memory.history(scheduler.submit()))
                .extracting(HistoryEvent::who)
                .containsOnly("alice");
        ann.pause(PauseTarget.queue("bulk"), null, null);
        assertThat(scheduler.queue.pauses.get(0).by()).isEqualTo("ann, by administrator alice");
    }

    @Test
    void nobodyPassesForTheHostOrForOneWhoSpeaksForOthers() {
        assertThatThrownBy(() -> scheduler.manager.as("jobyard"))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith(
                        "invalid user 'jobyard': histories and the audit use jobyard for the host itself");
        assertThatThrownBy(() -> scheduler.manager.as("ann, by administrator root"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("between two callers");
        assertThatThrownBy(() -> scheduler.manager.as("ann\u202e")).hasMessageStartingWith("invalid user 'ann?'");
        JobId job = scheduler
                .of(Caller.administrator("jobyard"))
                .submit(SchedulerFixture.spec().build())
                .id();
        assertThat(scheduler.last(job).who()).isEqualTo("administrator jobyard");
    }

    @Test
    void aRetryBeyondAQuotaOfTheSubmitterIsRefusedAndNothingIsStored() {
        JobId job = scheduler
                .manager
                .as("ann")
                .submit(SchedulerFixture.spec().build())
                .id();
        scheduler.manager.cancel(job);
        List<HistoryEvent> before = scheduler.memory.history(job);
        scheduler.queue.full = new QuotaException("queued.max of ann: 3 of 3 wait");
        assertThatThrownBy(() -> scheduler.manager.retry(job)).isSameAs(scheduler.queue.full);
        assertThat(scheduler.memory.history(job)).isEqualTo(before);
        scheduler.queue.full = null;
        scheduler.queue.reserved.clear();
        scheduler.manager.retry(job);
        assertThat(scheduler.queue.reserved).containsExactly(job);
    }

    @Test
    void aRetryThatTheStoreRefusesIsGivenBackToTheQuota() {
        JobId job = scheduler.submit();
        scheduler.manager.cancel(job);
        scheduler.queue.reserved.clear();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                throw new StoreException("no room", null);
            }
        };
        assertThatThrownBy(() -> scheduler.manager.retry(job)).isInstanceOf(StoreException.class);
        assertThat(scheduler.queue.reserved).isEmpty();
    }

    @Test
    void aQueueThatTheRolesDoNotListIsNamedNeitherAtTheSubmitNorByAChange() {
        scheduler.access.queues("bulk-*");
        JobId listed = scheduler.submit(SchedulerFixture.spec().queue("bulk-1"));
        JobId routed = scheduler.submit(SchedulerFixture.spec());
        assertThatThrownBy(() -> scheduler.submit(SchedulerFixture.spec().queue("urgent")))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("queues"));
        assertThatThrownBy(() -> scheduler.manager.change(routed, new JobChange().queue("urgent")))
                .isInstanceOf(AccessException.class);
        assertThat(scheduler.job(routed).terms().routing().queue()).isNull();
        scheduler.access.queues("none");
        scheduler.manager.change(listed, new JobChange().priority(2)); // it keeps what it has
        assertThat(scheduler.job(listed).terms().routing().queue()).isEqualTo("bulk-1");
    }

    @Test
    void aJobMayNotDependOnOneThatItsSubmitterMayNotSee() {
        JobId secret = scheduler.submit();
        scheduler.access.allow(Permission.SUBMIT, Permission.VIEW);
        JobManager ann = scheduler.of(Caller.bundle("ann"));
        JobSpecification curious = SchedulerFixture.spec().dependsOn(secret).build();
        assertThatThrownBy(() -> ann.submit(curious))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("view:all"));
        scheduler.access.allow(Permission.SUBMIT, Permission.VIEW_ALL, Permission.PAYLOAD);
        assertThat(ann.submit(curious).duplicate()).isFalse();
    }

    @Test
    void aPriorityBeyondTheBestIsLoweredAndTheHistorySaysFromWhatAndWhy() {
        scheduler.access.best(7);
        JobManager reports = scheduler.of(Caller.bundle("com.acme.reports"));
        JobId asked =
                reports.submit(SchedulerFixture.spec().priority(2).build()).id();
        JobId byDefault = reports.submit(SchedulerFixture.spec().build()).id();
        JobId within =
                reports.submit(SchedulerFixture.spec().priority(9).build()).id();
        assertThat(scheduler.job(asked).terms().routing().priority()).isEqualTo(7);
        assertThat(scheduler.last(asked).why())
                .isEqualTo("priority 7 instead of 2: the best that the roles of bundle com.acme.reports allow");
        assertThat(scheduler.job(byDefault).terms().routing().priority()).isEqualTo(7);
        assertThat(scheduler.last(byDefault).why()).startsWith("priority 7 instead of the default 5:");
        assertThat(scheduler.job(within).terms().routing().priority()).isEqualTo(9);
        assertThat(scheduler.last(within).why()).isEmpty();
    }

    @Test
    void aChangeRaisesAJobToTheBestAtMostAndNeverLowersWhatItHad() {
        JobId job = scheduler.submit(SchedulerFixture.spec().priority(8));
        JobId urgent = scheduler.submit(SchedulerFixture.spec().priority(3));
        scheduler.access.best(6);
        scheduler.manager.change(job, new JobChange().priority(1));
        assertThat(scheduler.job(job).terms().routing().priority()).isEqualTo(6);
        assertThat(scheduler.last(job).why())
                .isEqualTo("changed priority 8 → 6; priority 6 instead of 1: the best that the roles of"
                        + " administrator alice allow");
        scheduler.manager.change(urgent, new JobChange().priority(2));
        assertThat(scheduler.job(urgent).terms().routing().priority()).isEqualTo(3);
    }

    @Test
    void aBestBeyondTheLastLevelIsTheLastLevel() {
        scheduler.access.best(50);
        assertThat(scheduler
                        .job(scheduler.submit(SchedulerFixture.spec().priority(1)))
                        .terms()
                        .routing()
                        .priority())
                .isEqualTo(scheduler.queue.priorityLevels());
    }

    @Test
    void whatPeopleDoStandsInTheAuditWithWhoAndToWhatAndWithoutPayloads() {
        JobId job = scheduler.submit(SchedulerFixture.spec().payload(Map.of("secret", "hunter2")));
        JobManager ann = scheduler.manager.as("ann");
        ann.change(job, new JobChange().priority(2));
        ann.cancel(job);
        ann.retry(job);
        ann.pause(PauseTarget.queue("bulk"), "provider down", null);
        ann.resume(PauseTarget.queue("bulk"));
        List<AuditEntry> entries = scheduler.memory.rows(SchedulerFixture.INCARNATION, 1, 100).stream()
                .map(AuditRow::entry)
                .toList();
        assertThat(entries).extracting(AuditEntry::who).containsOnly("user ann, by administrator alice");
        String target = "job " + job + " of alice";
        assertThat(entries)
                .extracting(entry -> entry.action() + ": " + entry.target() + ": " + entry.detail())
                .containsExactly(
                        "change: " + target + ": changed priority 5 → 2",
                        "cancel: " + target + ": queued → cancelled",
                        "retry: " + target + ": cancelled → queued",
                        "pause: queue bulk: provider down",
                        "resume: queue bulk: ");
        assertThat(entries.toString()).doesNotContain("hunter2");
    }

    @Test
    void aSubmitBeyondAQuotaIsRefusedAndNothingIsStored() {
        scheduler.queue.full = new QuotaException("queued.max of alice: 3 of 3 wait");
        assertThatThrownBy(scheduler::submit).isSameAs(scheduler.queue.full);
        assertThat(scheduler.memory.ready(LaneKey.of(stored()), null, 10)).isEmpty();
    }

    @Test
    void whatTheStoreRefusesIsGivenBackToTheQuota() {
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                throw new StoreException("no room", null);
            }
        };
        assertThatThrownBy(scheduler::submit).isInstanceOf(StoreException.class);
        assertThat(scheduler.queue.reserved).isEmpty();
    }

    private static StoredJob stored() {
        SchedulerFixture other = new SchedulerFixture();
        return other.stored(other.submit());
    }
}
