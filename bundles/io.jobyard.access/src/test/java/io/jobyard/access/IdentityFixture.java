// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Two hosts that share a store: users sign in on the first, and are administered on both. */
final class IdentityFixture {

    static final Caller ROOT = Caller.administrator("root");
    static final String PASSWORD = "four words and more";
    static final String HERE = "192.0.2.7";
    static final String ELSEWHERE = "198.51.100.9";

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-28T12:00:00Z"));
    final AccessFixture roles = new AccessFixture();
    final InMemoryStore store = roles.store;
    private final UUID life = store.incarnation();
    private final Refusals refusals = new Refusals(clock, store::append);
    private final Passwords passwords = new Passwords(1_000, 2, Duration.ofSeconds(10), clock::instant);
    final KnownIdentities known = new KnownIdentities(store.identities(), clock);
    private final KnownIdentities knownThere = new KnownIdentities(store.identities(), clock);
    final SignIn signIn = new SignIns(store.identities(), known, refusals, passwords, clock);
    final UserAdministration identities =
            new UserAdministration(store.identities(), known, roles.access, roles.registry(), passwords);
    final UserAdministration identitiesThere =
            new UserAdministration(store.identities(), knownThere, roles.access, roles.registry(), passwords);

    IdentityFixture user(String name) {
        identities.addUser(ROOT, name, PASSWORD.toCharArray());
        return this;
    }

    /** What the audit has, the seals and the beginning left out. */
    List<AuditEntry> audit() {
        return store.rows(life, 1, 1_000).stream().map(AuditRow::entry).toList();
    }

    List<String> actions() {
        return audit().stream().map(AuditEntry::action).toList();
    }
}
