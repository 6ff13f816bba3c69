// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The rows that outlive all hosts, and the locks on them: what READ COMMITTED promises, and no more. */
final class Database {

    /** An edge, or a blame. */
    record Pair(JobId parent, JobId child) {}

    record Row(SimulatedTable<?, ?> table, Object key) {}

    private record Held(OpenTransaction by, RowLock how) {}

    private final List<SimulatedTable<?, ?>> tables = new ArrayList<>();
    private final Map<Row, List<Held>> locks = new HashMap<>();

    final SimulatedTable<JobId, StoredJob> jobs = table();
    final SimulatedTable<JobId, AdmittedJob> admissions = table();
    final SimulatedTable<JobId, List<HistoryEvent>> histories = table();
    final SimulatedTable<JobId, String> results = table();
    final SimulatedTable<Pair, Boolean> edges = table();
    final SimulatedTable<Pair, Boolean> blames = table();
    final SimulatedTable<JobId, Boolean> markers = table();
    final SimulatedTable<JobKey, JobId> keys = table();
    /** Each with its end job, if it has one. */
    final SimulatedTable<GroupKey, Optional<JobId>> groups = table();

    final SimulatedTable<StepKey, StoredStep> steps = table();
    final SimulatedTable<StepKey, SignalRow> signals = table();
    final SimulatedTable<String, Boolean> servedTypes = table();
    final SimulatedTable<LimitKey, LimitUse> uses = table();
    final SimulatedTable<FeedRow.Key, FeedRow> feed = table();
    final SimulatedTable<Integer, LifeRow> lives = table();
    /** One row. */
    final SimulatedTable<Integer, LeaderRow> leader = table();

    private <K, V> SimulatedTable<K, V> table() {
        SimulatedTable<K, V> table = new SimulatedTable<>();
        tables.add(table);
        return table;
    }

    boolean lock(OpenTransaction by, Row row, RowLock how) {
        List<Held> held = locks.computeIfAbsent(row, any -> new ArrayList<>());
        if (held.stream().anyMatch(other -> other.by() != by && !other.how().allows(how))) {
            return false;
        }
        held.add(new Held(by, how));
        return true;
    }

    void end(OpenTransaction by, boolean commits) {
        tables.forEach(table -> {
            if (commits) {
                table.commit(by);
            } else {
                table.rollBack(by);
            }
        });
        locks.values().forEach(held -> held.removeIf(one -> one.by() == by));
        locks.values().removeIf(List::isEmpty);
    }

    /** A transaction of its own, which nothing stands in the way of. */
    void write(Consumer<OpenTransaction> statements) {
        OpenTransaction session = new OpenTransaction(this);
        statements.accept(session);
        session.commit();
    }

    /** One that has to wait for nobody; else false, and nothing is written. */
    boolean tryWrite(Consumer<OpenTransaction> statements) {
        OpenTransaction session = new OpenTransaction(this);
        try {
            statements.accept(session);
            session.commit();
            return true;
        } catch (OpenTransaction.Blocked e) {
            session.rollBack();
            return false;
        }
    }

    LifeRow life(UUID id) {
        return lives.rows().values().stream()
                .filter(life -> life.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Whether whoever holds a run so will bring no outcome. */
    boolean hasEnded(UUID life) {
        return life(life).hasEnded();
    }
}
