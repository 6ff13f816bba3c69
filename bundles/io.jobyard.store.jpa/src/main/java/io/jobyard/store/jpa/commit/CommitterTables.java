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
 * What the committer remembers between its transactions, so that it need not read it again. What a transaction adds is
 * known to others when it is committed. For the committer's thread; the lanes are looked up by any.
 */
public record CommitterTables(
        Incarnations lives,
        Leadership leadership,
        JobStatements jobs,
        LaneTable lanes,
        ReadyTable ready,
        HandlerTable handlers,
        HistoryTable trails,
        RunningTable running,
        SealTable seals,
        LogTable logs,
        StreamTable streams,
        FeedTable feed,
        NeededDependencies needed,
        AuditTable audit,
        SharedQuotas quotas,
        GroupTables groups) {

    void committed() {
        lanes.committed();
        handlers.committed();
        trails.committed();
        seals.committed();
        logs.committed();
        streams.committed();
        feed.committed();
        audit.committed();
    }

    void rolledBack() {
        lanes.rolledBack();
        handlers.rolledBack();
        trails.rolledBack();
        running.rolledBack();
        seals.rolledBack();
        logs.rolledBack();
        streams.rolledBack();
        feed.rolledBack();
        audit.rolledBack();
    }
}
