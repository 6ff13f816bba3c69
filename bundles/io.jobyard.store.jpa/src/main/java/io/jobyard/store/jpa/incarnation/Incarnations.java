// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All incarnations in the database, by number. Rows reference a host by the number of its incarnation. New incarnations of other hosts are
 * added when needed.
 */
public final class Incarnations {

    private static final String ALL = "SELECT number, id, host FROM incarnation ORDER BY number";

    private final Map<Integer, Incarnation> byNumber = new ConcurrentHashMap<>();
    private final Map<UUID, Incarnation> byId = new ConcurrentHashMap<>();
    private final Map<String, Incarnation> latest = new ConcurrentHashMap<>();

    private final DataSource source;

    public Incarnations(DataSource source) {
        this.source = source;
    }

    /** Reads this incarnation and all earlier incarnations. Later incarnations are read when needed. */
    public static Incarnations read(DataSource source) throws SQLException {
        Incarnations lives = new Incarnations(source);
        lives.readOn();
        return lives;
    }

    private void readOn() throws SQLException {
        try (Session session = new Session(source.getConnection())) {
            session.list(ALL, row -> new Incarnation(Ids.uuid(row.getBytes(2)), row.getString(3), row.getInt(1)))
                    .forEach(this::add);
        }
    }

    public void add(Incarnation life) {
        if (!byNumber.containsKey(life.number())) {
            byId.put(life.id(), life);
            latest.put(life.host(), life);
            byNumber.put(life.number(), life);
        }
    }

    /** Returns the highest known number. */
    public int highest() {
        return byNumber.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Returns the numbers of the incarnations that may still write. */
    public Set<Integer> living(Session session) throws SQLException {
        return Incarnation.living(session).stream().map(id -> life(id).number()).collect(Collectors.toSet());
    }

    public Incarnation life(int number) {
        return life(byNumber, number);
    }

    public Incarnation life(UUID id) {
        return life(byId, id);
    }

    private <K> Incarnation life(Map<K, Incarnation> lives, K key) {
        if (!lives.containsKey(key)) {
            try {
                readOn();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot read the incarnations of hosts: " + e.getMessage(), e);
            }
        }
        return known(lives.get(key), key);
    }

    /**
     * Returns the incarnation with this host name that runs the job or ran it last; otherwise the latest incarnation with this name. In
     * containers, several hosts may have the same name.
     */
    public Incarnation of(String host, @Nullable StoredJob before, StoredJob after) {
        UUID holder = after.books().incarnation();
        if (holder == null && before != null) {
            holder = before.books().incarnation();
        }
        Incarnation life = holder == null ? null : life(holder);
        return life != null && life.host().equals(host) ? life : known(latest.get(host), host);
    }

    private static Incarnation known(@Nullable Incarnation life, Object asked) {
        if (life == null) {
            throw new IllegalStateException("the database has no incarnation " + asked);
        }
        return life;
    }
}
