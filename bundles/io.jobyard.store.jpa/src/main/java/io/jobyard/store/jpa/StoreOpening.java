// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;

/** Values to open a store with: a database with the current schema, the host that opens it, and the host's directories. */
record StoreOpening(
        DataSource source,
        EntityManagerFactory units,
        StoreDialect dialect,
        Clock clock,
        HostCandidate claimant,
        List<Path> live,
        AuditSeal seal) {

    Store open() throws SQLException {
        Optional<String> clock = dialect.sharedClock();
        return clock.isPresent() ? SharedStore.open(this, clock.get()) : new SoleStore(this);
    }
}
