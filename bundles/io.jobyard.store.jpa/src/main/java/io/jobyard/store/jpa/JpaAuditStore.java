// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.audit.HistorySeals;
import io.jobyard.store.jpa.check.HistoryProof;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.incarnation.AuditTable;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.sql.ReadPool;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Audit of the current and all earlier incarnations of the hosts. */
final class JpaAuditStore implements AuditStore {

    private final Incarnation incarnation;
    private final Incarnations lives;
    private final Inbox inbox;
    private final ReadPool readers;
    private final ReadPool searchers;
    private final HistoryProof histories;

    JpaAuditStore(
            Incarnation incarnation,
            Incarnations lives,
            Inbox inbox,
            ReadPool readers,
            ReadPool searchers,
            HistoryProof histories) {
        this.incarnation = incarnation;
        this.lives = lives;
        this.inbox = inbox;
        this.readers = readers;
        this.searchers = searchers;
        this.histories = histories;
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return inbox.write(transaction -> transaction.audit(entry));
    }

    @Override
    public List<AuditRow> rows(UUID life, long after, int limit) {
        return searchers.ask(session -> AuditTable.read(session, life, after, limit));
    }

    @Override
    public Optional<AuditRow> last() {
        return readers.ask(session -> AuditTable.last(session, incarnation.id())).stream()
                .findFirst();
    }

    @Override
    public CompletableFuture<Void> cut(UUID life, long upTo) {
        return inbox.write(transaction -> AuditTable.cut(transaction.session(), life, upTo));
    }

    @Override
    public List<HistorySeals> historySeals() {
        return readers.ask(SealTable::all).stream()
                .map(row -> new HistorySeals(
                        lives.life(row.life()).id(),
                        row.changes(),
                        row.sum().histories(),
                        HexFormat.of().formatHex(row.seal())))
                .toList();
    }

    @Override
    public Optional<String> verifyHistories() {
        return histories.problem();
    }

    @Override
    public List<UUID> audited() {
        return readers.ask(AuditTable::lives);
    }

    @Override
    public List<UUID> lives() {
        return readers.ask(Incarnation::all);
    }
}
