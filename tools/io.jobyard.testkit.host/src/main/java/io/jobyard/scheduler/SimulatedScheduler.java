// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Retried;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.SettableAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The door to the scheduler's parts, which no other bundle sees: all of them but the threads. */
public final class SimulatedScheduler implements JobScheduler {

    private final Settings<SchedulerSettings> settings =
            new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
    private final Access access = new SettableAccess();
    private final JobRepository repository;
    private final JobSubmission submission;
    private final HostOperations host;
    private final AwaitedJobs awaited = new AwaitedJobs();
    private final JobOperations operations;
    private final RunStarter runs;
    private final OutcomeDelivery endings;
    private final Chores chores;
    private boolean recovered;

    public SimulatedScheduler(
            Map<String, Object> raw,
            JobRepository repository,
            QueueManager queue,
            HandlerCatalog handlers,
            Clock clock,
            RandomGenerator random,
            Executor reader) {
        settings.update(raw);
        this.repository = repository;
        host = new HostOperations(queue, repository, new NoQuarantine(), repository, access, clock);
        RetryDelay delay = RetryDelay.fullJitter(settings::current, random);
        Decisions decisions = new Decisions(clock, delay, repository.host(), repository.incarnation());
        UnknownTypes unknown = new UnknownTypes(
                repository,
                handlers,
                queue,
                settings::current,
                () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
        submission =
                new JobSubmission(repository, queue, handlers, access, settings::current, clock, new JobIds(random));
        operations = new JobOperations(
                repository, queue, decisions, new ChangeDecisions(clock, queue::priorityLevels, access), access);
        runs = new RunStarter(queue, handlers, decisions);
        endings = new OutcomeDelivery(repository, queue, decisions, settings::current, pause -> reader);
        chores = new Chores(repository, decisions, unknown, new NoQuarantine(), clock);
    }

    public void configure(Map<String, Object> raw) {
        settings.update(raw);
    }

    /** What is in force now. */
    public SizeLimits limits() {
        return settings.current();
    }

    /** What a client of that name sees. */
    public JobManager manager(String submitter) {
        return new ClientJobManager(
                Caller.administrator(submitter), access, submission, operations, host, repository, awaited);
    }

    /** Wakes those who await a job. */
    public CommitListener listener() {
        return new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                awaited.wakeAll();
            }

            @Override
            public void committed(List<Committed> changes) {
                awaited.committed(changes);
            }
        };
    }

    public List<Submission> submit(String submitter, List<JobSpecification> specifications) {
        return submission.submit(Caller.administrator(submitter), specifications);
    }

    public Job cancel(JobId id, String who) {
        return operations.cancel(id, Caller.administrator(who));
    }

    public Job retry(JobId id, String who) {
        return operations.retry(id, Caller.administrator(who));
    }

    public Retried retryWithDependents(JobId id, String who) {
        return operations.retryWithDependents(id, Caller.administrator(who));
    }

    public Job change(JobId id, JobChange change, String who) {
        return operations.change(id, change, Caller.administrator(who));
    }

    /** Starts what is ready; waits for nothing but the store. */
    public List<Assignment> claim(int max) {
        try {
            return claim(max, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts here", e);
        }
    }

    @Override
    public List<Assignment> claim(int max, Duration patience) throws InterruptedException {
        return recovered ? runs.claim(max, patience) : List.of();
    }

    @Override
    public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        return endings.finish(run, startedAt, outcome);
    }

    /** As in a host, nothing starts before all runs of ended incarnations are back. */
    public boolean recover() {
        boolean more = chores.recover();
        recovered |= !more;
        return more;
    }

    public boolean release() {
        return chores.release();
    }

    public boolean due() {
        return chores.due();
    }

    public boolean failUnknownTypes() {
        return chores.failUnknownTypes();
    }

    private static final class NoQuarantine implements BundleQuarantine {
        @Override
        public void hostBegan(Set<String> bundles) {
            // nobody is set aside
        }

        @Override
        public void release(String bundle) {
            throw new UnsupportedOperationException();
        }
    }
}
