// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Time of a database's clock. An answer was read at some moment between the request and its arrival, so the fastest of a few answers is the
 * most precise (F. Cristian, <i>Probabilistic clock synchronization</i>, 1989).
 */
public final class DatabaseTime {

    /**
     * Answer of the database.
     *
     * @param at time of the database
     * @param asked {@link System#nanoTime} at the request
     * @param took duration of the request in nanoseconds
     */
    private record TimeAnswer(Instant at, long asked, long took) {}

    /** Duration within which a nearby database answers, unless its machine or this machine is busy. */
    private static final Duration QUICK = Duration.ofMillis(5);

    private static final int MOST_ANSWERS = 5;

    private final String question;

    /** Creates the source for this SQL expression. */
    public DatabaseTime(String clock) {
        question = "SELECT " + clock;
    }

    /** Reports the time to {@code clock}, unless every answer takes longer than {@code within}, which is too imprecise. */
    public void tell(Session session, HostCandidate.HostTime clock, Duration within) throws SQLException {
        TimeAnswer quickest = ask(session);
        for (int answers = 1; answers < MOST_ANSWERS && quickest.took() > QUICK.toNanos(); answers++) {
            TimeAnswer next = ask(session);
            quickest = next.took() < quickest.took() ? next : quickest;
        }
        if (quickest.took() < within.toNanos()) {
            clock.goBy(quickest.at(), quickest.asked() + quickest.took() / 2);
        }
    }

    private TimeAnswer ask(Session session) throws SQLException {
        long asked = System.nanoTime();
        Instant at = session.list(question, row -> Utc.present(row, 1)).get(0);
        return new TimeAnswer(at, asked, System.nanoTime() - asked);
    }
}
