// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.feed.HistoryText.HistoryLine;
import io.jobyard.store.jpa.feed.HistoryText.HistoryOrigin;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.rows.HandlerTable;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads of histories: the parts in pages, and then the part in the row of the job. */
public final class HistoryReads {

    private static final String TRAILS = "SELECT id, created_at, submitter, trail FROM job WHERE id IN (?)";

    private record Trail(HistoryOrigin origin, String text) {}

    private final Incarnations lives;
    private final HandlerTable handlers;

    public HistoryReads(Incarnations lives, HandlerTable handlers) {
        this.lives = lives;
        this.handlers = handlers;
    }

    /** Returns the histories of existing jobs, in the given order. */
    public Map<JobId, List<HistoryEvent>> read(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, Trail> trails = new HashMap<>();
        session.in(TRAILS, ids, row -> {
            HistoryOrigin origin = new HistoryOrigin(Utc.present(row, 2), row.getString(3));
            return trails.put(Ids.first(row), new Trail(origin, row.getString(4)));
        });
        Map<JobId, String> texts = new HashMap<>();
        trails.forEach((id, trail) -> texts.put(id, trail.text()));
        WholeHistory.pages(session, texts)
                .forEach((id, pages) -> texts.merge(id, pages, (text, before) -> before + text));
        Map<JobId, List<HistoryEvent>> found = new LinkedHashMap<>();
        for (JobId id : ids) {
            Trail trail = trails.get(id);
            if (trail != null) {
                found.put(id, events(session, id, texts.getOrDefault(id, ""), trail.origin()));
            }
        }
        return found;
    }

    private List<HistoryEvent> events(Session session, JobId id, String text, HistoryOrigin origin)
            throws SQLException {
        try {
            return HistoryText.read(text, origin, names(session)).stream()
                    .map(HistoryLine::event)
                    .toList();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StoreException(
                    "cannot read the history of job " + id + ": " + e.getMessage()
                            + "; verify the audit to see whether it was changed in the database",
                    e);
        }
    }

    /** Returns a source of names, which reads unknown names through the session. */
    public HistoryText.HistoryNames names(Session session) {
        return new HistoryText.HistoryNames() {
            @Override
            public String host(int number) {
                return lives.life(number).host();
            }

            @Override
            public HandlerName handler(int number) throws SQLException {
                return handlers.name(session, number);
            }
        };
    }
}
