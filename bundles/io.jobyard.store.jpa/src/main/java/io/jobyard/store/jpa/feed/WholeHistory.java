// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Complete text of a history, from all its stored parts. */
public final class WholeHistory {

    private static final String PAGES = "SELECT job_id, body FROM trail_page WHERE job_id IN (?) ORDER BY job_id, page";

    private WholeHistory() {}

    /**
     * Returns complete histories. Most histories have only the latest part and need no query.
     *
     * @param latest latest part of each history
     */
    public static Map<JobId, String> of(Session session, Map<JobId, String> latest) throws SQLException {
        Map<JobId, String> texts = new HashMap<>(latest);
        pages(session, latest).forEach((id, pages) -> texts.merge(id, pages, (text, before) -> before + text));
        return texts;
    }

    /** Reads the pages of jobs whose latest part is not the complete history. */
    static Map<JobId, String> pages(Session session, Map<JobId, String> latest) throws SQLException {
        Map<JobId, String> pages = new HashMap<>();
        session.in(PAGES, unbegun(latest), row -> pages.merge(Ids.first(row), row.getString(2), String::concat));
        return pages;
    }

    /** Returns the jobs whose latest part does not begin with the first change. */
    public static List<JobId> unbegun(Map<JobId, String> latest) {
        List<JobId> ids = new ArrayList<>();
        latest.forEach((id, text) -> {
            if (HistoryText.first(text) != 1) {
                ids.add(id);
            }
        });
        return ids;
    }
}
