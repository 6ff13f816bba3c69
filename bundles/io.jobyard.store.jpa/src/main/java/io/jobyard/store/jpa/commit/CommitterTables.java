// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.incarnation.AuditTable;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.rows.GroupTables;
import io.jobyard.store.jpa.rows.HandlerTable;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.rows.LogTable;
import io.jobyard.store.jpa.rows.NeededDependencies;
import io.jobyard.store.jpa.rows.ReadyTable;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.rows.StreamTable;

/**
 * State that the committer keeps between its transactions to avoid reads. Additions of a transaction become visible when it is committed.
 * Only for the committer's thread, except that any thread may look up lanes.
 */
public record CommitterTables(
        Incarnations lives,
        Leadership leadership,
        Jobs jobs,
        Histories histories,
        Outputs outputs,
        FeedTable feed,
        SharedQuotas quotas,
        GroupTables groups) {

    /** Tables of the jobs themselves. */
    public record Jobs(
            JobStatements statements,
            LaneTable lanes,
            ReadyTable ready,
            RunningTable running,
            NeededDependencies needed,
            StartsInCommit starts) {}

    /** Tables of job histories and of the audit. */
    public record Histories(HandlerTable handlers, HistoryTable trails, SealTable seals, AuditTable audit) {}

    /** Tables of the jobs' output. */
    record Outputs(LogTable logs, StreamTable streams) {}

    public CommitterTables(
            Incarnations lives,
            Leadership leadership,
            Jobs jobs,
            Histories histories,
            FeedTable feed,
            SharedQuotas quotas,
            GroupTables groups) {
        this(lives, leadership, jobs, histories, new Outputs(new LogTable(), new StreamTable()), feed, quotas, groups);
    }

    void committed() {
        jobs.lanes().committed();
        histories.handlers().committed();
        histories.trails().committed();
        histories.seals().committed();
        outputs.logs().committed();
        outputs.streams().committed();
        feed.committed();
        histories.audit().committed();
    }

    void rolledBack() {
        jobs.lanes().rolledBack();
        histories.handlers().rolledBack();
        histories.trails().rolledBack();
        jobs.running().rolledBack();
        histories.seals().rolledBack();
        outputs.logs().rolledBack();
        outputs.streams().rolledBack();
        feed.rolledBack();
        histories.audit().rolledBack();
    }
}
