// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitterTables;
import io.jobyard.store.jpa.feed.HistoryReads;
import io.jobyard.store.jpa.index.BlockCache;
import io.jobyard.store.jpa.index.BlockSearch;
import io.jobyard.store.jpa.index.IndexThread;
import io.jobyard.store.jpa.index.JobSearches;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.rows.GroupTables;
import io.jobyard.store.jpa.rows.GroupTables.Group;
import io.jobyard.store.jpa.rows.IdSearch;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.LaneQueries;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.rows.LogTable;
import io.jobyard.store.jpa.rows.ReleaseQueries;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads of jobs. Reads of many rows have their own threads, so that starts and outcomes of jobs do not wait for them. */
final class JpaJobReads implements JobReads {

    /** Maximum time that a search waits for the index to contain all commits. */
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final ReadPool readers;
    private final ReadPool searchers;
    private final JobRows rows;
    private final HistoryReads histories;
    private final LaneQueries lanes;
    private final SqlDialect dialect;
    private final CommitListeners listeners;
    private final JobSearches searches;
    private final IndexThread index;
    private final GroupTables groups;

    JpaJobReads(
            StoreTables tables,
            SqlDialect dialect,
            ReadPool readers,
            ReadPool searchers,
            CommitListeners listeners,
            BlockCache blocks,
            IndexThread index) {
        CommitterTables written = tables.committer();
        this.readers = readers;
        this.searchers = searchers;
        this.dialect = dialect;
        this.listeners = listeners;
        this.index = index;
        rows = new JobRows(written.lives());
        histories = new HistoryReads(written.lives(), written.histories().handlers());
        lanes = new LaneQueries(dialect, written.jobs().lanes());
        searches = new JobSearches(dialect, rows, tables.feedRows(), blocks);
        groups = written.groups();
    }

    @Override
    public void awaitListeners() {
        listeners.await();
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return readers.ask(session -> rows.stored(session, List.of(id)).stream().findFirst());
    }

    @Override
    public Map<JobId, StoredJob> jobs(Collection<JobId> ids) {
        Map<JobId, StoredJob> found = new LinkedHashMap<>();
        readers.ask(session -> rows.stored(session, ids)).forEach(job -> found.put(job.id(), job));
        return found;
    }

    @Override
    public Map<String, JobId> keyHolders(String submitter, Collection<String> keys) {
        return keys.isEmpty()
                ? Map.of()
                : readers.ask(session -> EdgeAndKeyTables.keyHolders(session, submitter, keys));
    }

    @Override
    public Optional<JobId> groupEnd(String submitter, String group) {
        return readers.ask(session -> GroupTables.end(session, new Group(submitter, group)));
    }

    @Override
    public List<JobId> groupJobs(String submitter, String group, int limit) {
        return readers.ask(session -> groups.jobs(session, new Group(submitter, group), limit));
    }

    @Override
    public Optional<JobGroup> group(String submitter, String group) {
        return searchers.ask(session -> groups.group(session, new Group(submitter, group)));
    }

    @Override
    public List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return readers.ask(session -> lanes.ready(session, lane, after, limit));
    }

    @Override
    public Map<LaneKey, List<ReadyJob>> ready(Map<LaneKey, ReadyJob> after) {
        return readers.ask(session -> lanes.ready(session, after));
    }

    @Override
    public List<JobId> dependents(JobId parent, @Nullable JobId after, int limit) {
        return readers.ask(session -> ReleaseQueries.dependents(session, parent, after, limit));
    }

    @Override
    public List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return readers.ask(session -> ReleaseQueries.endedBecauseOf(session, parent, after, limit));
    }

    @Override
    public Map<JobId, List<JobId>> dependencies(Collection<JobId> ids) {
        Map<JobId, List<JobId>> found = new HashMap<>();
        readers.ask(session -> LargeTexts.DEPENDENCIES.read(session, ids)).forEach((id, all) -> {
            if (!all.isEmpty()) {
                found.put(id, Ids.read(all));
            }
        });
        return found;
    }

    @Override
    public Optional<String> payload(JobId id) {
        return Optional.ofNullable(readers.ask(session -> LargeTexts.PAYLOAD.read(session, List.of(id)))
                .get(id));
    }

    @Override
    public Map<JobId, String> results(Collection<JobId> ids) {
        Map<JobId, String> found = readers.ask(session -> LargeTexts.RESULT.read(session, ids));
        Map<JobId, String> inOrder = new LinkedHashMap<>();
        ids.stream().filter(found::containsKey).forEach(id -> inOrder.put(id, found.get(id)));
        return inOrder;
    }

    @Override
    public List<LogLine> log(JobId id) {
        return readers.ask(session -> LogTable.read(session, id));
    }

    @Override
    public List<NumberedLine> log(JobId id, int after) {
        return readers.ask(session -> LogTable.read(session, id, after));
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return readers.ask(session -> histories.read(session, List.of(id)).getOrDefault(id, List.of()));
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        return searchers.ask(session -> histories.read(session, ids));
    }

    @Override
    public JobPage find(JobQuery query, Set<String> routed) {
        if (query.after() == null && BlockSearch.helps(query)) {
            index.catchUp(TIMEOUT);
        }
        return searchers.ask(session -> searches.find(session, query, routed));
    }

    @Override
    public JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route) {
        index.catchUp(TIMEOUT);
        return searchers.ask(session -> searches.facets(session, filter, routed, route));
    }

    @Override
    public List<JobId> endingWith(String ending, int limit) {
        return searchers.ask(session -> IdSearch.find(session, dialect, ending, limit));
    }
}
