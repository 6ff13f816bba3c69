// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All lives of hosts that the database knows, by their numbers: rows name a host by the number of its life. Never changes. */
final class Lives {

    private static final String ALL = "SELECT number, id, host FROM incarnation ORDER BY number";

    private final Map<Integer, Incarnation> byNumber = new HashMap<>();
    private final Map<UUID, Incarnation> byId = new HashMap<>();
    private final Map<String, Incarnation> latest = new HashMap<>();

    /** Those before this one, and this one. */
    static Lives read(Session session) throws SQLException {
        Lives lives = new Lives();
        session.list(ALL, row -> new Incarnation(Ids.uuid(row.getBytes(2)), row.getString(3), row.getInt(1)))
                .forEach(lives::add);
        return lives;
    }

    void add(Incarnation life) {
        byNumber.put(life.number(), life);
        byId.put(life.id(), life);
        latest.put(life.host(), life);
    }

    Incarnation life(int number) {
        return known(byNumber.get(number), number);
    }

    Incarnation life(UUID id) {
        return known(byId.get(id), id);
    }

    /** The life of that host which runs the job, or ran it until now; else the latest of that name: in containers names repeat. */
    Incarnation of(String host, @Nullable StoredJob before, StoredJob after) {
        UUID holder = after.books().incarnation();
        if (holder == null && before != null) {
            holder = before.books().incarnation();
        }
        Incarnation life = holder == null ? null : life(holder);
        return life != null && life.host().equals(host) ? life : known(latest.get(host), host);
    }

    private static Incarnation known(@Nullable Incarnation life, Object asked) {
        if (life == null) {
            throw new IllegalStateException("the database knows no life of a host by " + asked);
        }
        return life;
    }
}
