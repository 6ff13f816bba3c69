// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Rows of the hosts that share a database: their leases, their offers, and the leader. Uses the database's clock. */
final class HostTable {

    /** Row of the leader. */
    record Leader(long epoch, int life, boolean isFinished) {}

    private record HostLine(
            int number, HostIncarnation life, boolean isFinished, int offers, HostOffer withoutHandlers) {}

    private record KnownOffer(int offers, HostOffer offer) {}

    private static final String HANDLERS =
            "SELECT type, version, bundle, limits, schema, privileged, form, async FROM host_handler WHERE incarnation = ? ORDER BY type, version";
    private static final String OFFER =
            "UPDATE incarnation SET room = ?, async_room = ?, draining = ?, program = ?, offers = offers + 1 WHERE number = ?";
    private static final String ASK_TO_DRAIN =
            "UPDATE incarnation SET drain_asked = ? WHERE id = ? AND ended_at IS NULL"
                    + " AND COALESCE(drain_asked, draining) <> ?";
    private static final String NO_HANDLERS = "DELETE FROM host_handler WHERE incarnation = ?";
    private static final String HANDLER =
            "INSERT INTO host_handler (incarnation, type, version, bundle, limits, schema, privileged, form, async) VALUES (?,?,?,?,?,?,?,?,?)";

    private final String living;
    private final String renew;
    private final String leader;
    private final String elect;
    private final String renewLeader;
    private final String endLost;
    private final Map<Integer, KnownOffer> known = new HashMap<>();
    private final Incarnations lives;
    private boolean isAnyOver = true;

    /**
     * @param clock SQL expression for the clock that decides whether a lease has expired
     * @param lives collects the incarnations whose numbers are read
     */
    HostTable(String clock, Incarnations lives) {
        this.lives = lives;
        living =
                "SELECT number, id, host, started_at, lease_until, offers, room, async_room, draining, program, lease_until <= "
                        + clock + ", drain_asked FROM incarnation WHERE ended_at IS NULL ORDER BY number";
        renew = "UPDATE incarnation SET lease_until = " + clock + " + ? WHERE number = ? AND ended_at IS NULL";
        leader = "SELECT epoch, incarnation, until_at <= " + clock + " FROM leader";
        // Locks the row in this order, because a plain UPDATE does not wait for transactions that hold a shared lock on
        // it.
        elect = "UPDATE leader SET epoch = epoch + 1, incarnation = ?, until_at = " + clock
                + " + ? WHERE id = (SELECT id" + " FROM leader WHERE until_at <= " + clock
                + " FOR UPDATE) RETURNING epoch";
        renewLeader = "UPDATE leader SET until_at = " + clock + " + ? WHERE epoch = ?";
        endLost =
                "UPDATE incarnation SET ended_at = " + clock + " WHERE number IN (SELECT number FROM incarnation WHERE"
                        + " ended_at IS NULL AND lease_until <= " + clock + " AND number <> ? FOR UPDATE)";
    }

    /** Renews the lease. Returns false if the incarnation has ended. */
    boolean renew(Session session, int number, Duration lease) throws SQLException {
        StatementBatch row = session.batch(renew);
        row.number(micros(lease)).number(number).add();
        return row.run()[0] == 1;
    }

    Leader leader(Session session) throws SQLException {
        return session.list(leader, row -> new Leader(row.getLong(1), row.getInt(2), row.getBoolean(3)))
                .get(0);
    }

    /** Elects this host as the leader. Returns the number of the election; empty if another host was elected first. */
    OptionalLong elect(Session session, int number, Duration lease) throws SQLException {
        return session.list(elect, row -> row.getLong(1), number, micros(lease)).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Renews the row of the leader. Returns false if another host has been elected. Time alone does not end a leadership. */
    boolean renewLeader(Session session, long epoch, Duration lease) throws SQLException {
        StatementBatch row = session.batch(renewLeader);
        row.number(micros(lease)).number(epoch).add();
        return row.run()[0] == 1;
    }

    /**
     * Ends all incarnations with expired leases except the given one, if {@link #living} found any. Ended incarnations can no longer store
     * anything.
     */
    void endLost(Session session, int but) throws SQLException {
        if (!isAnyOver) {
            return;
        }
        StatementBatch row = session.batch(endLost);
        row.number(but).add();
        row.run();
    }

    void offer(Session session, int number, HostOffer offer) throws SQLException {
        session.batch(NO_HANDLERS).number(number).add();
        session.batch(NO_HANDLERS).run();
        StatementBatch handlers = session.batch(HANDLER);
        for (HostHandler one : offer.handlers()) {
            handlers.number(number)
                    .text(one.type())
                    .text(one.name().version())
                    .text(one.name().bundle())
                    .text(AmountText.writeNames(List.copyOf(one.limits())))
                    .text(one.schema())
                    .truth(one.privileged())
                    .text(one.form())
                    .truth(one.slots() == SlotKind.ASYNC)
                    .add();
        }
        handlers.run();
        StatementBatch row = session.batch(OFFER);
        row.number(offer.slots().threads())
                .number(offer.slots().async())
                .truth(offer.draining())
                .text(offer.version())
                .number(number)
                .add();
        row.run();
    }

    /** Requests a drain or its end for a host. Returns false if the incarnation already has this state or request, or has ended. */
    static boolean askToDrain(Session session, UUID life, boolean drains) throws SQLException {
        StatementBatch row = session.batch(ASK_TO_DRAIN);
        row.truth(drains).bytes(Ids.bytes(life)).truth(drains).add();
        return row.run()[0] == 1;
    }

    /** Returns the incarnations that have not ended, in the order of their start. */
    List<HostIncarnation> living(Session session, int leader) throws SQLException {
        List<HostLine> rows = session.list(this.living, row -> row(row, leader));
        List<HostIncarnation> living = new ArrayList<>();
        for (HostLine row : rows) {
            HostIncarnation life = row.life();
            lives.add(new Incarnation(life.incarnation(), life.host(), row.number()));
            living.add(new HostIncarnation(
                    life.incarnation(),
                    life.host(),
                    life.since(),
                    life.leaseUntil(),
                    life.leader(),
                    offer(session, row),
                    life.drainAsked()));
        }
        isAnyOver = rows.stream().anyMatch(HostLine::isFinished);
        known.keySet().retainAll(rows.stream().map(HostLine::number).toList());
        return living;
    }

    private static HostLine row(ResultSet row, int leader) throws SQLException {
        HostOffer offer =
                new HostOffer(new Slots(row.getInt(7), row.getInt(8)), List.of(), row.getBoolean(9), row.getString(10));
        HostIncarnation life = new HostIncarnation(
                Ids.uuid(row.getBytes(2)),
                row.getString(3),
                Utc.present(row, 4),
                Utc.present(row, 5),
                row.getInt(1) == leader,
                offer,
                (Boolean) row.getObject(12));
        return new HostLine(row.getInt(1), life, row.getBoolean(11), row.getInt(6), offer);
    }

    /** Returns the offer of a host. Reads the handlers again only if they have changed. */
    private HostOffer offer(Session session, HostLine row) throws SQLException {
        KnownOffer before = known.get(row.number());
        if (before != null && before.offers() == row.offers()) {
            return before.offer();
        }
        List<HostHandler> handlers = session.list(
                HANDLERS,
                handler -> new HostHandler(
                        handler.getString(1),
                        new HandlerName(handler.getString(2), handler.getString(3)),
                        Set.copyOf(AmountText.readNames(handler.getString(4))),
                        handler.getString(5),
                        handler.getBoolean(6),
                        handler.getString(7),
                        handler.getBoolean(8) ? SlotKind.ASYNC : SlotKind.THREAD),
                row.number());
        HostOffer told = row.withoutHandlers();
        HostOffer offer = new HostOffer(told.slots(), handlers, told.draining(), told.version());
        known.put(row.number(), new KnownOffer(row.offers(), offer));
        return offer;
    }

    private static long micros(Duration lease) {
        return lease.toMillis() * 1_000;
    }
}
