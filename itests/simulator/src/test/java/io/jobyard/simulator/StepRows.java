// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.SignalRule;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The steps, waits and signals of one transaction: the statements of the store, one by one. */
final class StepRows {

    private final World world;
    private final Database rows;
    private final SimulatedTransaction transaction;
    private final OpenTransaction session;
    private final Set<JobId> told = new HashSet<>();

    StepRows(World world, SimulatedTransaction transaction) {
        this.world = world;
        this.rows = world.database;
        this.transaction = transaction;
        this.session = transaction.session;
    }

    /** Whether the run holds its job, and all is stored. */
    boolean keep(Assignment run, List<StoredStep> steps) {
        boolean holds = holds(run);
        if (holds) {
            steps.forEach(step -> insert(run.stored().id(), step));
        }
        return holds;
    }

    boolean end(Assignment run, StoredStep wait) {
        boolean holds = holds(run);
        if (holds) {
            JobId job = run.stored().id();
            StepKey key = new StepKey(job, wait.number());
            session.lock(rows.steps, key, RowLock.UPDATE);
            if (rows.steps.get(session, key) == null) {
                throw new StoreException("the job has no wait " + wait.number(), null);
            }
            rows.steps.put(session, key, wait);
            take(job, wait);
            session.whenCommitted(() -> world.kept.ended(job, wait));
        }
        return holds;
    }

    boolean admit(Assignment run, StoredStep wait, List<AdmittedJob> children) {
        boolean holds = holds(run);
        if (holds) {
            transaction.admit(children);
            insert(run.stored().id(), wait);
        }
        return holds;
    }

    boolean rest(Move waits, Move goesOn, StoredStep wait) {
        JobId job = waits.before().id();
        if (wait.awaits() != null) {
            hold(job);
        }
        boolean isTold = wait.awaits() != null && untaken(job).anyMatch(wait.awaits()::equals);
        boolean moved = transaction.move(isTold ? goesOn : waits, null);
        told.add(job);
        if (moved && rows.steps.get(session, new StepKey(job, wait.number())) == null) {
            insert(job, wait);
        }
        return moved;
    }

    boolean signal(JobId job, StoredSignal signal, Function<StoredJob, Move> wake) {
        hold(job);
        StoredJob now = rows.jobs.get(session, job);
        if (now == null) {
            return false;
        }
        List<String> awaited = of(job).filter(step -> !step.isFinished())
                .map(StoredStep::awaits)
                .filter(Objects::nonNull)
                .toList();
        SignalRule rule = new SignalRule(now, awaited, untaken(job).toList());
        if (!rule.takes(signal.name())) {
            return false;
        }
        int number = 1
                + (int) rows.signals.rows(session).keySet().stream()
                        .filter(key -> key.job().equals(job))
                        .count();
        StepKey key = new StepKey(job, number);
        session.lock(rows.signals, key, RowLock.FOR_UPDATE);
        rows.signals.put(session, key, new SignalRow(signal.numbered(number), false));
        session.whenCommitted(() -> world.kept.given(job, signal.numbered(number)));
        if (rule.isWokenBy(signal.name())) {
            transaction.move(wake.apply(now), null);
        }
        told.add(job);
        return true;
    }

    boolean retryFrom(Move retry, int from) {
        JobId job = retry.before().id();
        boolean moved = transaction.move(retry, null);
        if (moved) {
            of(job).filter(step -> step.number() >= from)
                    .map(step -> new StepKey(job, step.number()))
                    .toList()
                    .forEach(key -> {
                        session.lock(rows.steps, key, RowLock.FOR_UPDATE);
                        rows.steps.remove(session, key);
                    });
            session.whenCommitted(() -> world.kept.dropped(job, from));
        }
        return moved;
    }

    /** When all else of the transaction is committed. */
    void finish() {
        session.whenCommitted(() -> told.forEach(world.kept::requireNoLostWake));
    }

    private boolean holds(Assignment run) {
        StoredJob job = rows.jobs.get(session, run.stored().id());
        boolean holds = world.fault == SeededFault.STEPS_NOT_FENCED
                || job != null
                        && job.status() == JobStatus.RUNNING
                        && job.run() == run.stored().run()
                        && Objects.equals(job.incarnation(), run.stored().incarnation());
        session.whenCommitted(() -> world.kept.fenced(run, holds));
        return holds;
    }

    private void hold(JobId job) {
        if (world.fault != SeededFault.SIGNALS_NOT_HELD) {
            session.lock(rows.jobs, job, RowLock.FOR_UPDATE);
        }
    }

    private void insert(JobId job, StoredStep step) {
        StepKey key = new StepKey(job, step.number());
        session.lock(rows.steps, key, RowLock.FOR_UPDATE);
        if (rows.steps.get(session, key) != null) {
            throw new StoreException("job " + job + " has a step " + step.number() + " already", null);
        }
        rows.steps.put(session, key, step);
        take(job, step);
        session.whenCommitted(() -> world.kept.kept(job, step));
        told.add(job);
    }

    private void take(JobId job, StoredStep by) {
        if (by.signal() > 0) {
            StepKey key = new StepKey(job, by.signal());
            session.lock(rows.signals, key, RowLock.UPDATE);
            SignalRow row = Objects.requireNonNull(rows.signals.get(session, key));
            rows.signals.put(session, key, row.asTaken());
        }
    }

    private Stream<StoredStep> of(JobId job) {
        return rows.steps.rows(session).entrySet().stream()
                .filter(step -> step.getKey().job().equals(job))
                .map(Map.Entry::getValue);
    }

    /** The names of its signals that nothing has taken. */
    private Stream<String> untaken(JobId job) {
        return rows.signals.rows(session).entrySet().stream()
                .filter(row -> row.getKey().job().equals(job) && !row.getValue().taken())
                .map(row -> row.getValue().signal().name());
    }
}
