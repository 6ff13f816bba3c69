// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

/**
 * What the committer remembers between its transactions, so that it need not read it again. What a transaction adds is
 * known to others when it is committed. For the committer's thread; the lanes are looked up by any.
 */
record CommitterTables(
        Lives lives,
        Stewardship stewardship,
        JobStatements jobs,
        LaneTable lanes,
        ReadyTable ready,
        HandlerTable handlers,
        TrailTable trails,
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
